package io.sallyport.usecase;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.Spec;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.approval.DemandStanding;
import io.sallyport.domain.change.UnapprovedWrite;
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
    private final CheckApprovals checkApprovals;
    private final PassWithoutApproval passWithoutApproval;
    private final InstantSource clock;
    private final WriteClock phases;
    private final WriteTogether together;
    private final WorkOutConsequences consequences;

    public ApplyDocuments(
            Authorizer authorizer,
            CurrentState current,
            PolicyStore store,
            PolicyChecks checks,
            Guardrails guardrails,
            IncrementalCompiler compiler,
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
        this.checkApprovals = new CheckApprovals(authorizer, form, compiler);
        this.passWithoutApproval = new PassWithoutApproval(checkApprovals);
        this.clock = clock;
        this.phases = phases;
        this.together = new WriteTogether(store);
        this.consequences = new WorkOutConsequences(new TouchedGateways(), compiler);
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
            refuseIdleEmergency(order.terms());
            return early.written(early.plan().base().revision());
        }
        refuseHopeless(early, order.terms(), stamp);
        Appended appended = phases.timed(
                Phase.COMMIT,
                () -> written(order.terms(), transaction -> append(transaction, caller, early, order, stamp, message)));
        Written written = appended.written();
        appended.record().forEach(followHead::handOver);
        doorbell.ring();
        // Whoever wrote is to read what he wrote; where this replica cannot catch up in time, that is not his failure.
        boolean ignored = phases.timed(Phase.PUBLISH, () -> followHead.awaitRevision(written.revision(), PATIENCE));
        return written;
    }

    // What is done in an emergency is there for all who come after it, so nobody shares its transaction.
    private Appended written(WriteTerms terms, Function<WriteTransaction, Appended> work) {
        return terms.emergency().isEmpty() ? together.write(work) : store.write(work);
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
        Stamp stamp = stamp(caller);
        Judged judged = checked(caller, atHead(), order, stamp);
        if (judged.plan().changes().isEmpty()) {
            refuseIdleEmergency(order.terms());
        } else if (!order.terms().emergency().isEmpty()) {
            List<UnapprovedWrite> ignored =
                    passWithoutApproval.of(judged, order.terms(), words(order.terms()), stamp.at());
        }
        return judged;
    }

    // Who says it again believes that it lasts longer now.
    private static void refuseIdleEmergency(WriteTerms terms) {
        terms.emergency().forEach(wish -> {
            throw new FailureException(
                    new Failure.Conflict(
                            "It is so already, and nothing was written: what was written in an emergency is taken back at its end all the same, unless it is approved."));
        });
    }

    /** The same for somebody who may read all of it, whether he may write it or not. */
    Judged judgeToRead(Caller caller, WriteOrder order) {
        return checked(caller, atHead(), order, stamp(caller), Access::checkReadOf);
    }

    /** How far what a plan needs is met by now. */
    List<DemandStanding> standings(Judged judged, WriteTerms terms) {
        List<DemandStanding> standings = checkApprovals.standings(
                judged.approvals(), judged.plan().base(), terms.draft(), words(terms), clock.instant());
        return new ApprovalRefusal(judged.plan(), judged.intents(), judged.sight()).told(standings);
    }

    private List<Approval> words(WriteTerms terms) {
        return terms.words(store::approvals);
    }

    // What cannot be had anyway does not wait for the head; what this replica does not know yet may make it so.
    private void refuseHopeless(Judged judged, WriteTerms terms, Stamp stamp) {
        boolean isAsked = terms.emergency().isEmpty() && !judged.approvals().isEmpty();
        if (isAsked && judged.plan().startsFrom(atHead())) {
            List<UnapprovedWrite> ignored = passWithoutApproval.of(judged, terms, words(terms), stamp.at());
        }
    }

    private Stamp stamp(Caller caller) {
        return new Stamp(clock.instant().truncatedTo(ChronoUnit.MICROS), caller.name());
    }

    /** @param record that it made; at most one */
    private record Appended(Written written, List<RevisionRecord> record) {}

    private Appended append(
            WriteTransaction transaction,
            Caller caller,
            Judged early,
            WriteOrder order,
            Stamp stamp,
            Function<Plan, String> message) {
        DesiredState head = moved(
                early.plan().base(),
                transaction.revisionsAfter(early.plan().base().revision()));
        new AwaitedWord(transaction, order.terms(), "").refuseSettled();
        Judged late = early.plan().startsFrom(head) ? early : checked(caller, head, order, stamp);
        if (late.plan().changes().isEmpty()) {
            return new Appended(late.written(head.revision()), List.of());
        }
        List<UnapprovedWrite> unapproved =
                passWithoutApproval.of(late, order.terms(), order.terms().words(transaction::approvals), stamp.at());
        publish(transaction, order.terms(), stamp);
        RevisionRecord record = transaction.append(
                stamp.at(),
                stamp.by(),
                PassWithoutApproval.message(unapproved, message.apply(late.plan())),
                late.plan().changes());
        transaction.audit(auditChanges.of(caller, late.plan().base(), record));
        AwaitedWord word =
                new AwaitedWord(transaction, order.terms(), late.approvals().content());
        List<Instant> confirmBy = word.given(record.revision(), stamp, unapproved);
        unapproved.forEach(
                without -> transaction.audit(auditChanges.ofEmergency(caller, record, without, confirmBy.getFirst())));
        return new Appended(late.written(record.revision(), confirmBy), List.of(record));
    }

    // The first that is written of it: where somebody edited the draft meanwhile, nothing is.
    private static void publish(WriteTransaction transaction, WriteTerms terms, Stamp stamp) {
        Revision next = transaction.head().next();
        for (Deliberated one : terms.draft()) {
            if (one.isPublished() && !transaction.replace(one.draft().published(stamp, next))) {
                throw ChangeSets.stale(one.draft().version() + 1);
            }
        }
    }

    private Judged checked(Caller caller, DesiredState base, WriteOrder order, Stamp stamp) {
        return checked(caller, base, order, stamp, Access::checkWrite);
    }

    private Judged checked(Caller caller, DesiredState base, WriteOrder order, Stamp stamp, RightCheck right) {
        Access access = authorizer.accessAt(caller, base);
        List<Intent> intents = order.at(base, access);
        intents.forEach(intent -> right.check(access, intent.key(), contents(base, intent)));
        Plan plan = PlanWrite.plan(base, intents, stamp);
        if (!order.terms().takesBack().isEmpty()) {
            refuseOpening(plan, stamp.at());
            checkApprovals.refuseRelaxing(plan, stamp.at());
        }
        List<Warning> warnings = new ArrayList<>(checkPlan.check(plan, intents, stamp.at(), access));
        warnings.addAll(order.notPruned(base, access));
        return new Judged(plan, intents, access, warnings, approvals(plan, intents, order.terms(), stamp.at()));
    }

    private NeededApprovals approvals(Plan plan, List<Intent> intents, WriteTerms terms, Instant now) {
        // Nobody asked for it, and time cannot be refused.
        if (intents.stream().allMatch(Intent.CrossBounds.class::isInstance)) {
            return NeededApprovals.NONE;
        }
        boolean takesBack = !terms.takesBack().isEmpty();
        PendingEmergencies emergencies =
                takesBack ? PendingEmergencies.NONE : PendingEmergencies.at(store, plan.base());
        if (!emergencies.isEmpty()) {
            emergencies.refuseStandingInTheWay(plan, now, (before, after) -> checkPlan.errors(before, after, now));
        }
        NeededApprovals needed = checkApprovals.needed(plan, emergencies, now);
        if (takesBack) {
            CheckApprovals.refuseUnattended(needed);
        }
        return needed;
    }

    /** What a caller must have a right to, to each resource that is there and is to be there. */
    private interface RightCheck {
        void check(Access access, ResourceKey key, List<Spec> contents);
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
