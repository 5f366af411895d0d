package io.sallyport.usecase;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Violation;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says what becomes of a request, and why: now, at another time, at a past revision, or if something were written. */
public final class ExplainRequest {
    private final Authorizer authorizer;
    private final CurrentState current;
    private final PastStates pastStates;
    private final CheckPlan checkPlan;
    private final AgentRegistry registry;
    private final InstantSource clock;

    public ExplainRequest(
            Authorizer authorizer,
            CurrentState current,
            PastStates pastStates,
            PolicyChecks checks,
            Guardrails guardrails,
            AgentRegistry registry,
            InstantSource clock) {
        this.authorizer = authorizer;
        this.current = current;
        this.pastStates = pastStates;
        this.checkPlan = new CheckPlan(checks, guardrails, WriteClock.UNHEARD);
        this.registry = registry;
        this.clock = clock;
    }

    /** Throws {@code Invalid} with all that there is not, or that writes of the drafts would be refused for. */
    public Explanation explain(Caller caller, Inquiry inquiry) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        inquiry.drafts().forEach(draft -> access.checkRead(draft.key()));
        Instant now = clock.instant();
        List<Warning> warnings = new ArrayList<>();
        DesiredState base = base(inquiry);
        Sight sight = new Sight(access, base);
        checkKnown(sight, inquiry);
        DesiredState state = withDrafts(base, inquiry.drafts(), new Stamp(now, caller.name()), access, warnings);
        List<Explanation.Answer> answers =
                answers(state, inquiry, inquiry.time().stream().findFirst().orElse(now));
        if (!seesAll(access, inquiry)) {
            answers.forEach(answer ->
                    new ForeignSource(access, state).refuse(answer.question().peer()));
        }
        return new Explanation(
                inquiry.gateway(),
                state.revision(),
                inquiry.time().stream().findFirst().orElse(now),
                answers,
                tiers(state, answers),
                warnings,
                registry.all().stream()
                        .filter(agent -> agent.gateway().equals(inquiry.gateway()))
                        .filter(agent -> sight.mayRead(agent.gateway().namespace()))
                        .toList(),
                seesAll(access, inquiry) ? List.of() : List.of(sight));
    }

    // Whoever may read what the gateway runs could tell all that is told here.
    private static boolean seesAll(Access access, Inquiry inquiry) {
        return access.mayEverywhere(Right.READ)
                || access.may(Right.READ_SNAPSHOT, inquiry.gateway().namespace());
    }

    private static void checkKnown(Sight sight, Inquiry inquiry) {
        if (!sight.knows(inquiry.gateway())) {
            sight.access().check(Right.READ, inquiry.gateway().namespace());
        }
        if (!seesAll(sight.access(), inquiry)) {
            inquiry.source().workload().forEach(workload -> sight.access().check(Right.READ, workload.namespace()));
        }
    }

    private DesiredState base(Inquiry inquiry) {
        if (inquiry.revision().isEmpty()) {
            return current.get();
        }
        return pastStates.at(inquiry.revision().getFirst());
    }

    private DesiredState withDrafts(
            DesiredState base, List<Draft> drafts, Stamp stamp, Access access, List<Warning> warnings) {
        List<Intent> intents = drafts.stream()
                .<Intent>map(draft -> new Intent.Put(draft, new Precondition.None()))
                .toList();
        Plan plan = PlanWrite.plan(base, intents, stamp);
        warnings.addAll(checkPlan.check(plan, intents, stamp.at(), access));
        return plan.after();
    }

    private static List<Explanation.Answer> answers(DesiredState state, Inquiry inquiry, Instant time) {
        List<Violation> violations = new ArrayList<>();
        Optional<Resource<EgressGateway>> gateway = state.gateway(inquiry.gateway());
        if (gateway.isEmpty()) {
            violations.add(new Violation(
                    "/gateway", "NotFound", "There is no EgressGateway %s.".formatted(inquiry.gateway())));
        }
        Optional<SourceOfInquiry> source = SourceOfInquiry.of(state, inquiry.source(), violations);
        List<Listener> listeners = gateway.stream()
                .flatMap(found -> new ListenersOfInquiry(state, inquiry, violations).of(found).stream())
                .toList();
        if (!violations.isEmpty()) {
            throw FailureException.invalid(violations);
        }
        Snapshot snapshot = new SnapshotCompiler().compile(state, inquiry.gateway());
        var evaluator = new Evaluator(snapshot);
        return snapshot.listeners().stream()
                .filter(listener -> listeners.contains(listener.listener()))
                .map(listener -> ListenersOfInquiry.question(
                        listener.listener(), inquiry, source.orElseThrow().at(listener), time))
                .map(question -> new Explanation.Answer(question.listener(), question, evaluator.decide(question)))
                .toList();
    }

    private static SortedMap<ResourceName, Tier> tiers(DesiredState state, List<Explanation.Answer> answers) {
        SortedMap<ResourceName, Tier> tiers = new TreeMap<>();
        answers.stream()
                .flatMap(answer -> answer.verdict().rules())
                .forEach(name -> state.rule(name)
                        .ifPresent(rule -> tiers.put(name, rule.spec().tier())));
        return tiers;
    }
}
