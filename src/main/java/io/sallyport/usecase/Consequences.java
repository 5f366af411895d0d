package io.sallyport.usecase;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.FlowChanges;
import java.util.List;
import java.util.Set;

/**
 * What follows from a change for traffic.
 *
 * @param gateways those that are to run something else
 * @param flows those that open and close there, over all sources, hosts and ports
 * @param workloads those for whom some flow opens or closes, by name
 * @param closing for each gateway the listeners at which some flow closes
 */
record Consequences(
        List<GatewayChange> gateways, FlowChanges flows, List<ResourceName> workloads, List<Set<String>> closing) {
    Consequences {
        gateways = List.copyOf(gateways);
        workloads = List.copyOf(workloads);
        closing = List.copyOf(closing);
    }
}
