package io.sallyport.usecase;

import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Resource;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.Spec;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.store.Doorbell;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.WriteTransaction;
import io.sallyport.usecase.WriteClock.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The one way in which anything is written: all intents of a call become one revision, or none of them does. A write
 * is worked out and checked before the head is locked, and once more under the lock only where others wrote meanwhile.
 */
public final class ApplyDocuments {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int REVISIONS_AT_ONCE = 200;

    private final Authorizer authorizer;
    private final CurrentState current;
    private final PolicyStore store;
    private final CheckPlan checkPlan;
    private final Doorbell doorbell;
    private final FollowHead followHead;
    private final AuditChanges auditChanges;
    private final InstantSource clock;
    private final WriteClock phases;
    private final WriteTogether together;
    private final WorkOutConsequences consequences =
            new WorkOutConsequences(new TouchedGateways(), new SnapshotCompiler());

    public ApplyDocuments(
            Authorizer authorizer,
            CurrentState current,
            PolicyStore store,
            PolicyChecks checks,
            Guardrails guardrails,
            Doorbell doorbell,
            FollowHead followHead,
            ResourceForm form,
            InstantSource clock,
            WriteClock phases) {
        this.authorizer = authorizer;
        this.current = current;
        this.store = store;
        this.checkPlan = new CheckPlan(checks, guardrails, phases);
        this.doorbell = doorbell;
        this.followHead = followHead;
        this.auditChanges = new AuditChanges(form);
        this.clock = clock;
        this.phases = phases;
        this.together = new WriteTogether(store);
    }

    /** At most one intent for each resource. */
    public Written apply(Caller caller, String message, List<Intent> intents) {
        return apply(caller, message, WriteOrder.of(intents));
    }

    public Written apply(Caller caller, String message, WriteOrder order) {
        return apply(caller, ignored -> message, order);
    }

    /** The message tells what really changes, which may be less than was intended. */
    Written apply(Caller caller, Function<Plan, String> message, WriteOrder order) {
        Stamp stamp = stamp(caller);
        Judged early = phases.timed(Phase.CHECK, () -> early(caller, order, stamp));
        if (early.plan().changes().isEmpty()) {
            return early.written(early.plan().base().revision());
        }
        Written written = phases.timed(
                Phase.COMMIT,
                () -> together.write(transaction -> append(transaction, caller, early, order, stamp, message)));
        doorbell.ring();
        // Whoever wrote is to read what he wrote; where this replica cannot catch up in time, that is not his failure.
        boolean ignored = phases.timed(Phase.PUBLISH, () -> followHead.awaitRevision(written.revision(), PATIENCE));
        return written;
    }

    // Of what this replica knows; where that says no, or that nothing is to do, another replica may have written what
    // makes it so.
    private Judged early(Caller caller, WriteOrder order, Stamp stamp) {
        DesiredState known = current.get();
        try {
            Judged judged = checked(caller, known, order, stamp);
            if (!judged.plan().changes().isEmpty()) {
                return judged;
            }
        } catch (FailureException perhapsBehind) {
            DesiredState head = atHead();
            if (head.revision().equals(known.revision())) {
                throw perhapsBehind;
            }
            return checked(caller, head, order, stamp);
        }
        return checked(caller, atHead(), order, stamp);
    }

    /** What would be written if it were applied now: refused as that would be, and nothing is stored. */
    Judged judge(Caller caller, WriteOrder order) {
        return checked(caller, atHead(), order, stamp(caller));
    }

    private Stamp stamp(Caller caller) {
        return new Stamp(clock.instant().truncatedTo(ChronoUnit.MICROS), caller.name());
    }

    private Written append(
            WriteTransaction transaction,
            Caller caller,
            Judged early,
            WriteOrder order,
            Stamp stamp,
            Function<Plan, String> message) {
        DesiredState head = moved(
                early.plan().base(),
                transaction.revisionsAfter(early.plan().base().revision()));
        AwaitedWord word = new AwaitedWord(transaction, order.terms());
        word.refuseSettled();
        Judged late = early.plan().startsFrom(head) ? early : checked(caller, head, order, stamp);
        if (late.plan().changes().isEmpty()) {
            return late.written(head.revision());
        }
        RevisionRecord record = transaction.append(
                stamp.at(), stamp.by(), message.apply(late.plan()), late.plan().changes());
        transaction.audit(auditChanges.of(caller, late.plan().base(), record));
        return late.written(record.revision(), word.given(record.revision(), stamp));
    }

    private Judged checked(Caller caller, DesiredState base, WriteOrder order, Stamp stamp) {
        Access access = authorizer.accessAt(caller, base);
        List<Intent> intents = order.at(base, access);
        intents.forEach(intent -> access.checkWrite(intent.key(), contents(base, intent)));
        Plan plan = PlanWrite.plan(base, intents, stamp);
        if (!order.terms().takesBack().isEmpty()) {
            refuseOpening(plan, stamp.at());
        }
        List<Warning> warnings = new ArrayList<>(checkPlan.check(plan, intents, stamp.at(), access));
        warnings.addAll(order.notPruned(base, access));
        return new Judged(plan, access, warnings);
    }

    private void refuseOpening(Plan plan, Instant now) {
        consequences.of(plan, now).flows().opened().stream().findFirst().ifPresent(flow -> {
            throw new FailureException(
                    new Failure.Conflict("it would let pass to %s at port %s of listener %s of %s what %s refuses now"
                            .formatted(
                                    flow.host().value(), flow.port(), flow.listener(), flow.gateway(), flow.before())));
        });
    }

    /** The state of the newest revision, of whichever replica. */
    DesiredState head() {
        return atHead();
    }

    private static List<Spec> contents(DesiredState base, Intent intent) {
        Stream<Spec> stored = base.find(intent.key()).stream().map(Resource::spec);
        return intent instanceof Intent.Put put
                ? Stream.concat(stored, Stream.of(put.draft().spec())).toList()
                : stored.toList();
    }

    // Another replica may have written what this one has not yet seen, and what the caller refers to.
    private DesiredState atHead() {
        DesiredState state = current.get();
        List<RevisionRecord> news = store.revisionsAfter(state.revision(), REVISIONS_AT_ONCE);
        while (!news.isEmpty()) {
            state = moved(state, news);
            news = store.revisionsAfter(state.revision(), REVISIONS_AT_ONCE);
        }
        return state;
    }

    private static DesiredState moved(DesiredState state, List<RevisionRecord> news) {
        DesiredState moved = state;
        for (RevisionRecord record : news) {
            moved = moved.with(record.revision(), record.changes());
        }
        return moved;
    }
}
