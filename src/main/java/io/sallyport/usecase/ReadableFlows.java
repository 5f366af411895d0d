package io.sallyport.usecase;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.FlowChange;
import io.sallyport.domain.decision.FlowChanges;
import io.sallyport.identity.Access;
import io.sallyport.identity.Right;
import java.util.List;

/** Flows as somebody may read them: what belongs to namespaces that he may not read is not named. */
final class ReadableFlows {
    private static final String OURS = "sallyport/";

    private ReadableFlows() {}

    static FlowChanges of(Sight sight, FlowChanges flows) {
        Access access = sight.access();
        return access.mayEverywhere(Right.READ)
                ? flows
                : new FlowChanges(
                        readable(sight, flows.opened()),
                        flows.openedCount(),
                        readable(sight, flows.closed()),
                        flows.closedCount());
    }

    private static List<FlowChange> readable(Sight sight, List<FlowChange> flows) {
        Access access = sight.access();
        return flows.stream()
                .filter(flow -> access.may(Right.READ, flow.destination().namespace())
                        || access.may(Right.READ, flow.gateway().namespace())
                        || isNamed(access, flow.before())
                        || isNamed(access, flow.after()))
                .map(flow -> new FlowChange(
                        flow.gateway(),
                        flow.listener(),
                        flow.host(),
                        flow.destination(),
                        flow.port(),
                        flow.source(),
                        flow.opens(),
                        sight.told(flow.before()),
                        sight.told(flow.after()),
                        flow.since()))
                .toList();
    }

    private static boolean isNamed(Access access, String decision) {
        return !decision.startsWith(OURS)
                && access.may(Right.READ, ResourceName.parse(decision).namespace());
    }
}
