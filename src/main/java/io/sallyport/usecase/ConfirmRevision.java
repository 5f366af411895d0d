package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.approval.About;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.approval.Owed;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEntry.Outcome;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.domain.change.UnapprovedWrite;
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
        return store.confirmation(revision)
                .map(found -> told(new Sight(access, authorizer.newest()), found))
                .orElseThrow(() -> unknown(revision));
    }

    // Policies of others, and what they ask about, are not named.
    private static Confirmation told(Sight sight, Confirmation confirmation) {
        return confirmation.with(confirmation.emergency().stream()
                .map(without -> new UnapprovedWrite(
                        without.reason(),
                        without.authors(),
                        without.owed().stream().map(owed -> told(sight, owed)).toList()))
                .toList());
    }

    private static Owed told(Sight sight, Owed owed) {
        return new Owed(
                owed.policy().stream()
                        .filter(policy -> sight.mayRead(policy.namespace()))
                        .toList(),
                owed.risks().stream().map(sight::told).toList(),
                owed.required(),
                owed.by());
    }

    /**
     * Whoever may write all that the revision wrote may confirm it; once more does no harm. What was written in an
     * emergency is confirmed by those who must approve it: each says his word, and the last one makes it stay.
     */
    public Confirmation confirm(Caller caller, Revision revision) {
        Access access = authorizer.access(caller);
        List<UnapprovedWrite> emergency = get(caller, revision).emergency();
        List<Change> changes = store.revision(revision).stream()
                .flatMap(record -> record.changes().stream())
                .toList();
        if (emergency.isEmpty()) {
            changes.forEach(change -> access.check(right(change), change.key().namespace()));
        }
        Stamp stamp = new Stamp(clock.instant(), caller.name());
        Confirmation ignored = store.write(transaction -> {
            Confirmation waiting = transaction.confirmation(revision).orElseThrow(() -> unknown(revision));
            refuseLate(waiting, stamp);
            if (!waiting.isPending()) {
                return waiting;
            }
            boolean isEnough = emergency.stream()
                    .allMatch(without -> new ApproveRevision(authorizer, transaction, revision, changes, without)
                            .isApprovedWith(caller, stamp));
            Confirmation settled = isEnough ? waiting.confirmed(stamp) : waiting;
            transaction.put(settled);
            transaction.audit(confirmation(
                    caller, revision, stamp, changes, emergency.isEmpty() ? "Confirmed" : "Approved afterwards"));
            return settled;
        });
        return get(caller, revision);
    }

    /** Who approved a revision that was made without approval, so far. */
    public List<Approval> approvals(Caller caller, Revision revision) {
        Confirmation waiting = get(caller, revision);
        return waiting.emergency().isEmpty() ? List.of() : store.approvals(About.revision(revision));
    }

    private static List<AuditEntry> confirmation(
            Caller caller, Revision revision, Stamp stamp, List<Change> changes, String what) {
        // What is an emergency is told to the auditors of each resource.
        List<List<ResourceKey>> subjects = what.equals("Confirmed")
                ? List.of(List.of())
                : changes.stream().map(change -> List.of(change.key())).toList();
        return subjects.stream()
                .map(subject -> new AuditEntry(
                        stamp.at(),
                        caller.actor(),
                        caller.asked(),
                        subject,
                        Outcome.DONE,
                        0,
                        "%s revision %s.".formatted(what, revision),
                        revision,
                        "",
                        "",
                        0))
                .toList();
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
