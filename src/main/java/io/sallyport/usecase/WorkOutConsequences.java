package io.sallyport.usecase;

import io.sallyport.compiler.FlowDiff;
import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Workload;
import io.sallyport.domain.decision.FlowChanges;
import io.sallyport.domain.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Works out what follows from a plan for traffic: by compiling what it touches, before and after. Pure. */
public record WorkOutConsequences(TouchedGateways touched, IncrementalCompiler compiler) {
    /** How many flows are named of those that open, and of those that close. */
    static final int MOST_NAMED = 100;

    Consequences of(Plan plan, Instant now) {
        DesiredState before = plan.base();
        DesiredState after = plan.after();
        List<GatewayChange> changed = touched.of(before, after, plan.changes()).stream()
                .map(gateway -> new GatewayChange(gateway, compiled(before, gateway), compiled(after, gateway)))
                .filter(WorkOutConsequences::differs)
                .toList();
        FlowChanges flows = FlowChanges.NONE;
        List<FlowDiff> diffs = new ArrayList<>();
        List<Set<String>> closing = new ArrayList<>();
        for (GatewayChange change : changed) {
            FlowDiff diff = FlowDiff.between(change.gateway(), change.earlier(), change.later(), now);
            FlowChanges own = diff.changes(MOST_NAMED);
            flows = flows.and(own, MOST_NAMED);
            diffs.add(diff);
            closing.add(diff.closing().stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new)));
        }
        return new Consequences(changed, flows, workloads(before, after, diffs), closing);
    }

    private List<Snapshot> compiled(DesiredState state, ResourceName gateway) {
        return state.gateway(gateway).isPresent() ? List.of(compiler.compile(state, gateway)) : List.of();
    }

    private static boolean differs(GatewayChange change) {
        return change.before().size() != change.after().size()
                || !change.before().stream()
                        .allMatch(one -> one.hasContentOf(change.after().getFirst()));
    }

    private static List<ResourceName> workloads(DesiredState before, DesiredState after, List<FlowDiff> diffs) {
        return Stream.concat(before.workloads().stream(), after.workloads().stream())
                .filter(workload -> isConcerned(workload, diffs))
                .map(Resource::name)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isConcerned(Resource<Workload> workload, List<FlowDiff> diffs) {
        return workload.spec().identities().stream()
                .anyMatch(identity -> diffs.stream().anyMatch(diff -> diff.concerns(identity)));
    }
}
