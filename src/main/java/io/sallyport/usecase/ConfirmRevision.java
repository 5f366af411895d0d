package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEntry.Outcome;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import io.sallyport.store.PolicyStore;
import java.time.InstantSource;
import java.util.List;

/** Says that a revision is to stay, which is taken back otherwise. */
public final class ConfirmRevision {
    private final Authorizer authorizer;
    private final PolicyStore store;
    private final InstantSource clock;

    public ConfirmRevision(Authorizer authorizer, PolicyStore store, InstantSource clock) {
        this.authorizer = authorizer;
        this.store = store;
        this.clock = clock;
    }

    /** What a revision waits for; who may read something of it may read that. */
    public Confirmation get(Caller caller, Revision revision) {
        Access access = authorizer.access(caller);
        RevisionRecord record = store.revision(revision).orElseThrow(() -> unknown(revision));
        if (record.changes().stream().noneMatch(change -> access.mayRead(change.key()))) {
            throw unknown(revision);
        }
        return store.confirmation(revision).orElseThrow(() -> unknown(revision));
    }

    /** Whoever may write all that the revision wrote may confirm it; once more does no harm. */
    public Confirmation confirm(Caller caller, Revision revision) {
        Access access = authorizer.access(caller);
        Confirmation ignored = get(caller, revision);
        store.revision(revision).stream()
                .flatMap(record -> record.changes().stream())
                .forEach(change -> access.check(right(change), change.key().namespace()));
        Stamp stamp = new Stamp(clock.instant(), caller.name());
        return store.write(transaction -> {
            Confirmation waiting = transaction.confirmation(revision).orElseThrow(() -> unknown(revision));
            refuseLate(waiting, stamp);
            Confirmation confirmed = waiting.isPending() ? waiting.confirmed(stamp) : waiting;
            transaction.put(confirmed);
            if (waiting.isPending()) {
                transaction.audit(List.of(confirmation(caller, revision, stamp)));
            }
            return confirmed;
        });
    }

    private static AuditEntry confirmation(Caller caller, Revision revision, Stamp stamp) {
        return new AuditEntry(
                stamp.at(),
                caller.actor(),
                caller.asked(),
                List.of(),
                Outcome.DONE,
                0,
                "Confirmed revision %s.".formatted(revision),
                revision,
                "",
                "",
                0);
    }

    private static Right right(Change change) {
        return switch (change) {
            case Change.Put put -> Right.toWrite(put.resource().spec());
            case Change.Delete delete -> Right.toWrite(delete.key().kind());
        };
    }

    private static void refuseLate(Confirmation waiting, Stamp stamp) {
        if (waiting.state() == Confirmation.State.REVERTED) {
            throw new FailureException(new Failure.Conflict(
                    "Revision %s was to be confirmed by %s and has been taken back%s."
                            .formatted(
                                    waiting.revision(),
                                    waiting.until(),
                                    waiting.revertedIn().stream()
                                            .map(in -> " in revision " + in)
                                            .findFirst()
                                            .orElse(""))));
        }
        if (waiting.isDueAt(stamp.at())) {
            throw new FailureException(new Failure.Conflict(
                    "Revision %s was to be confirmed by %s: it is too late, and it is being taken back."
                            .formatted(waiting.revision(), waiting.until())));
        }
    }

    private static FailureException unknown(Revision revision) {
        return new FailureException(
                new Failure.NotFound("There is no revision %s that waits to be confirmed.".formatted(revision)));
    }
}
