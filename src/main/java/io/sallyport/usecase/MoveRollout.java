package io.sallyport.usecase;

import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEntry.Outcome;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutEvent;
import io.sallyport.domain.rollout.RolloutOrder;
import io.sallyport.identity.Caller;
import io.sallyport.store.Doorbell;
import io.sallyport.store.RolloutStore;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Writes down how a rollout goes on, and tells of it in the same transaction: those who watch it, and the audit trail. Of
 * several who would move it one does.
 */
public final class MoveRollout {
    private static final Logger LOG = Logger.getLogger(MoveRollout.class);
    private static final Caller SYSTEM = Caller.system(RecordCrossings.AUTHOR);

    private final RolloutStore store;
    private final Doorbell doorbell;

    public MoveRollout(RolloutStore store, Doorbell doorbell) {
        this.store = store;
        this.doorbell = doorbell;
    }

    /** Nothing was there before it, and nothing is to be told. */
    void begin(Rollout first) {
        boolean ignored = written(first, List.of(), List.of());
    }

    /** As its policy says; what is no news to people is not told. */
    void byItself(Rollout is, Rollout next, Instant now) {
        List<RolloutEvent> events = RolloutEvent.of(is, next).stream().toList();
        boolean ignored = written(
                next,
                events,
                events.stream()
                        .map(event -> entry(SYSTEM, is, next, done(event), now))
                        .toList());
    }

    /** As somebody says; false where it moved meanwhile, and nothing is done then. */
    boolean ordered(Rollout is, Rollout next, Caller caller, RolloutOrder order, Instant now) {
        return written(
                next, RolloutEvent.of(is, next).stream().toList(), List.of(entry(caller, is, next, order.done(), now)));
    }

    private boolean written(Rollout next, List<RolloutEvent> events, List<AuditEntry> audit) {
        boolean isWritten = store.replace(next, events, audit);
        if (isWritten) {
            events.forEach(MoveRollout::log);
            doorbell.ring();
        }
        return isWritten;
    }

    private static AuditEntry entry(Caller caller, Rollout is, Rollout next, String done, Instant now) {
        var revision = next.isUnderWay() ? next.candidate() : is.candidate();
        return new AuditEntry(
                now,
                caller.actor(),
                caller.asked(),
                List.of(new ResourceKey(Kind.EGRESS_GATEWAY, next.gateway())),
                Outcome.DONE,
                0,
                "The rollout of revision %s was %s. %s".formatted(revision, done, next.reason()),
                revision,
                "",
                "",
                0);
    }

    private static String done(RolloutEvent event) {
        return switch (event.type()) {
            case STARTED -> "begun";
            case RESTARTED -> "begun in place of an older one";
            case ADVANCED -> "brought to step %d".formatted(event.rollout().step() + 1);
            case PAUSED -> "paused";
            case RESUMED -> "resumed";
            case HALTED -> "halted";
            case RETURNED -> "taken from all agents";
            case COMPLETED -> "given to all agents";
            case SETTLED -> "ended";
        };
    }

    private static void log(RolloutEvent event) {
        LOG.infof(
                "rollout moved gateway=%s event=%s step=%d stable=%s candidate=%s by=%s reason=%s",
                event.rollout().gateway(),
                event.type(),
                event.rollout().step() + 1,
                event.rollout().stable(),
                event.rollout().candidate(),
                event.rollout().by(),
                event.rollout().reason());
    }
}
