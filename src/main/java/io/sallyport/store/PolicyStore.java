package io.sallyport.store;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionFilter;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.RevisionSummary;
import io.sallyport.domain.approval.About;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.change.Confirmation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is remembered: resources, and the revisions that led to them. Revisions are gap-free and totally ordered; a
 * reader that sees one sees all before it. Every method may throw {@link io.sallyport.domain.FailureException} with
 * {@code Unavailable}; nothing is written then.
 */
public interface PolicyStore {

    /** The newest revision; {@link Revision#NONE} where nothing was ever written. */
    Revision head();

    /** Everything at the newest revision, as one consistent view. */
    DesiredState load();

    /** Everything at an older revision; empty where it is not reached yet. */
    Optional<DesiredState> loadAt(Revision revision);

    /** The revisions after one, oldest first, {@code limit} at most. */
    List<RevisionRecord> revisionsAfter(Revision revision, int limit);

    /** The revisions before one, newest first, {@code limit} at most. */
    List<RevisionRecord> revisionsBefore(Revision revision, int limit);

    Optional<RevisionRecord> revision(Revision revision);

    /** What a revision waits for, or waited for; nothing where it needs no word. */
    Optional<Confirmation> confirmation(Revision revision);

    /** Those that are pending and whose time is over, the longest first, {@code limit} at most. */
    List<Confirmation> dueConfirmations(Instant now, int limit);

    /** Those that are pending and were made without approval, the oldest first. */
    List<Confirmation> pendingEmergencies();

    /** What was said on a draft or a revision, the first first. */
    List<Approval> approvals(About about);

    /**
     * What leads from the state at one revision back to the state at an earlier one: a change for each resource that was
     * touched between them. Costs what was touched.
     */
    List<Change> changesBack(Revision from, Revision to);

    /** The revisions before one that match, newest first, {@code limit} at most. */
    List<RevisionSummary> summaries(RevisionFilter filter, Revision before, int limit);

    /**
     * Runs {@code work} as one transaction that holds the lock of the head: nobody else appends meanwhile. What it
     * appended is durable when this returns, and undone where {@code work} throws.
     */
    <T> T write(Function<WriteTransaction, T> work);
}
