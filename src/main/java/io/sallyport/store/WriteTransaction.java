package io.sallyport.store;

import io.sallyport.domain.Change;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import java.time.Instant;
import java.util.List;

/** The store while the head is locked. */
public interface WriteTransaction {

    /** The newest revision, which stays so until this transaction ends or appends. */
    Revision head();

    /** The revisions after one, oldest first: what changed since the writer last looked. */
    List<RevisionRecord> revisionsAfter(Revision revision);

    /**
     * Writes the next revision: the resources, their history and the record of it.
     *
     * @param changes at least one; the metadata of each put names the next revision
     */
    RevisionRecord append(Instant at, String author, String message, List<Change> changes);
}
