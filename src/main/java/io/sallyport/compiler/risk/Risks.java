package io.sallyport.compiler.risk;

import io.sallyport.compiler.FlowDiff;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.FlowChange;
import io.sallyport.domain.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Finds what is risky about a change, over all gateways that it touches. */
public final class Risks {
    private final TouchedGateways touched;
    private final BiFunction<DesiredState, ResourceName, Snapshot> compiler;

    /** @param compiler what a gateway runs in a state */
    public Risks(TouchedGateways touched, BiFunction<DesiredState, ResourceName, Snapshot> compiler) {
        this.touched = touched;
        this.compiler = compiler;
    }

    /** What of {@code after} lets more through, or asks less, than what was {@code before}. */
    public RiskReport of(DesiredState before, DesiredState after, Collection<Change> changes, Instant now) {
        Search search = new Search(before, after, now);
        for (ResourceName gateway : touched.of(before, after, changes)) {
            search.look(gateway, compiled(before, gateway), compiled(after, gateway));
        }
        return search.report(new WeakenedDocuments(before, after).all());
    }

    private Optional<Snapshot> compiled(DesiredState state, ResourceName gateway) {
        return state.gateway(gateway).map(found -> compiler.apply(state, gateway));
    }

    /** What is found, gateway by gateway; of one thread. */
    private static final class Search {
        private final DesiredState before;
        private final DesiredState after;
        private final Instant now;
        private final Speakers speakers;
        private final List<Opening> openings = new ArrayList<>();
        private final TreeSet<ResourceName> workloads = new TreeSet<>();
        private final TreeSet<Relaxation> relaxations = new TreeSet<>();
        private long count;

        Search(DesiredState before, DesiredState after, Instant now) {
            this.before = before;
            this.after = after;
            this.now = now;
            this.speakers = new Speakers(after);
        }

        void look(ResourceName gateway, Optional<Snapshot> earlier, Optional<Snapshot> later) {
            boolean same =
                    earlier.isPresent() && later.isPresent() && earlier.get().hasContentOf(later.get());
            if (same) {
                return;
            }
            FlowDiff diff = FlowDiff.between(gateway, earlier, later, now);
            long known = count;
            diff.opening().forEach(flow -> add(diff, flow));
            if (count > known) {
                after.workloads().stream()
                        .filter(workload ->
                                workload.spec().identities().stream().anyMatch(diff::opensFor))
                        .map(Resource::name)
                        .forEach(workloads::add);
            }
            later.ifPresent(snapshot -> relaxations.addAll(new RelaxedGateway(earlier, snapshot).all()));
        }

        private void add(FlowDiff diff, FlowChange flow) {
            count++;
            if (openings.size() < RiskReport.MOST_OPENINGS) {
                openings.add(new Opening(
                        flow, !diff.wasReachable(flow), speakers.areDeclared(flow.source()), speakers.concerned(flow)));
            }
        }

        RiskReport report(Collection<Relaxation> ofDocuments) {
            relaxations.addAll(ofDocuments);
            return new RiskReport(openings, count, workloads, List.copyOf(relaxations));
        }

        @Override
        public String toString() {
            return "Search[%s to %s]".formatted(before.revision(), after.revision());
        }
    }
}
