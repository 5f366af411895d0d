package io.sallyport.compiler.risk;

import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.approval.Demand;
import io.sallyport.domain.approval.Risk;
import io.sallyport.domain.approval.RiskType;
import io.sallyport.domain.approval.Trigger;
import io.sallyport.domain.decision.FlowChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the approval policies of a state ask for a change of it. */
public final class Demands {
    private static final int MOST_FLOWS = 20;
    private static final int MOST_NAMED = 20;

    private final DesiredState before;
    private final DesiredState after;
    private final RiskReport report;

    private Demands(DesiredState before, DesiredState after, RiskReport report) {
        this.before = before;
        this.after = after;
        this.report = report;
    }

    /** By the policies of before, by name: a change neither frees itself of one nor falls under one that it brings. */
    public static List<Demand> of(DesiredState before, DesiredState after, RiskReport report) {
        Demands demands = new Demands(before, after, report);
        return before.approvalPolicies().stream()
                .flatMap(policy -> demands.of(policy).stream())
                .toList();
    }

    private List<Demand> of(Resource<ApprovalPolicy> resource) {
        ApprovalPolicy policy = resource.spec();
        List<Risk> risks = new ArrayList<>();
        policy.risks().stream().flatMap(trigger -> risks(policy, trigger)).forEach(risks::add);
        report.relaxations().stream()
                .filter(relaxation -> relaxation.policy().contains(resource.name()))
                .map(Demands::risk)
                .forEach(risks::add);
        return risks.isEmpty()
                ? List.of()
                : List.of(new Demand(
                        resource.name(), risks, policy.required(), policy.by(), policy.validFor(), policy.emergency()));
    }

    private Stream<Risk> risks(ApprovalPolicy policy, Trigger trigger) {
        return switch (trigger.type()) {
            case NEW_DESTINATION ->
                Stream.concat(
                        flows(policy, trigger, opening -> trigger.newFor() == Trigger.NewFor.SOURCE || opening.isNew()),
                        relaxations(policy, trigger));
            case WILDCARD_HOST ->
                flows(policy, trigger, opening -> opening.flow().host().isWildcard());
            case WORKLOADS_AFFECTED -> workloads(policy, trigger);
            case RELAXED_TLS,
                    RELAXED_POLICY,
                    RELAXED_ADDRESSES,
                    DEFAULT_ALLOW,
                    WEAKENED_GUARDRAIL,
                    GRANTED_ROLE,
                    WEAKENED_APPROVAL_POLICY -> relaxations(policy, trigger);
        };
    }

    private Stream<Risk> relaxations(ApprovalPolicy policy, Trigger trigger) {
        return report.relaxations().stream()
                .filter(relaxation -> relaxation.type() == trigger.type())
                .filter(relaxation -> concerns(policy, relaxation))
                .limit(MOST_NAMED)
                .map(Demands::risk);
    }

    private static Risk risk(Relaxation relaxation) {
        return Risk.of(relaxation.type(), relaxation.what());
    }

    private Stream<Risk> flows(ApprovalPolicy policy, Trigger trigger, Predicate<Opening> wanted) {
        List<FlowChange> found =
                openings(policy).filter(wanted).map(Opening::flow).toList();
        if (found.isEmpty()) {
            return report.isCutShort() ? Stream.of(tooMany(trigger.type())) : Stream.of();
        }
        long hosts = found.stream().map(FlowChange::host).distinct().count();
        return Stream.of(
                Risk.ofHosts(trigger.type(), found.stream().limit(MOST_FLOWS).toList(), hosts - 1));
    }

    private Stream<Opening> openings(ApprovalPolicy policy) {
        return report.openings().stream()
                .filter(opening -> !policy.excepts(opening.flow().host()))
                .filter(opening -> governs(policy, opening.concerned()));
    }

    private static Risk tooMany(RiskType type) {
        return Risk.of(type, "more flows open than are looked at one by one");
    }

    private Stream<Risk> workloads(ApprovalPolicy policy, Trigger trigger) {
        List<Opening> found = openings(policy).toList();
        List<FlowChange> uncounted = found.stream()
                .filter(opening -> !opening.isCounted())
                .map(Opening::flow)
                .limit(MOST_FLOWS)
                .toList();
        if (!uncounted.isEmpty()) {
            return Stream.of(new Risk(
                    trigger.type(),
                    "flows open for sources that are no declared workloads, however many",
                    uncounted,
                    0));
        }
        if (!found.isEmpty() && report.workloads().size() > trigger.moreThan()) {
            return Stream.of(new Risk(
                    trigger.type(),
                    "flows open for %d workloads, which is more than %d"
                            .formatted(report.workloads().size(), trigger.moreThan()),
                    found.stream().map(Opening::flow).limit(MOST_FLOWS).toList(),
                    0));
        }
        return report.isCutShort() ? Stream.of(tooMany(trigger.type())) : Stream.of();
    }

    private boolean concerns(ApprovalPolicy policy, Relaxation relaxation) {
        boolean isExcepted =
                !relaxation.host().isEmpty() && relaxation.host().stream().allMatch(policy::excepts);
        return !isExcepted && (relaxation.concerned().isEmpty() || governs(policy, relaxation.concerned()));
    }

    // By the labels of either state: whoever changes them is not out of it by that.
    private boolean governs(ApprovalPolicy policy, Collection<Name> concerned) {
        return policy.governsAll()
                || concerned.stream()
                        .anyMatch(name ->
                                Stream.of(before, after).anyMatch(state -> policy.governs(name, labels(state, name))));
    }

    private static SortedMap<String, String> labels(DesiredState state, Name name) {
        return state.namespace(name).map(found -> found.metadata().labels()).orElseGet(Metadata::noLabels);
    }
}
