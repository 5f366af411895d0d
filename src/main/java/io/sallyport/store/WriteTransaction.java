package io.sallyport.store;

import io.sallyport.domain.Change;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.approval.About;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.change.ChangeSet;
import io.sallyport.domain.change.Confirmation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The store while the head is locked. */
public interface WriteTransaction {

    /** The newest revision, which stays so until this transaction ends or appends. */
    Revision head();

    /** The revisions after one, oldest first: what changed since the writer last looked. */
    List<RevisionRecord> revisionsAfter(Revision revision);

    /**
     * Writes the next revision: the resources, their history and the record of it.
     *
     * @param changes at least one, one per resource; the metadata of each put names the next revision
     */
    RevisionRecord append(Instant at, String author, String message, List<Change> changes);

    /** Writes events of the audit trail, which are there with the revision or not at all. */
    void audit(List<AuditEntry> entries);

    /** What a revision waits for, or waited for; nothing where it needs no word. */
    Optional<Confirmation> confirmation(Revision revision);

    /** Writes what a revision waits for, in place of what was written of it before. */
    void put(Confirmation confirmation);

    /** What was said on a draft or a revision, the first first. */
    List<Approval> approvals(About about);

    /** Writes what somebody says, in place of what he said before on it. */
    void put(About about, Approval approval);

    /** Takes back what somebody said; false where he said nothing. */
    boolean withdraw(About about, String approver);

    /** Writes a draft in place of the version before; false where that is not the one that is stored. */
    boolean replace(ChangeSet changeSet);

    /** Throws IllegalArgumentException where the changes cannot be that revision. */
    static void check(Revision next, List<Change> changes) {
        if (changes.isEmpty() || changes.stream().map(Change::key).distinct().count() != changes.size()) {
            throw new IllegalArgumentException("a revision has at least one change, and one per resource");
        }
        for (Change change : changes) {
            if (change instanceof Change.Put put
                    && !put.resource().metadata().revision().equals(next)) {
                throw new IllegalArgumentException("%s names another revision than %s".formatted(change.key(), next));
            }
        }
    }
}
