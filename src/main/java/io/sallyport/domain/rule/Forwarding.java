package io.sallyport.domain.rule;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.LoadBalancer;
import java.util.List;

/**
 * How workload agents send on what a rule allows; a gateway decides by the rule whatever this says.
 *
 * @param loadBalancer how they spread it over the proxies of the gateway
 * @param failoverGateways where it goes while the rule's gateway is away, in this order; the rule is theirs too
 */
public record Forwarding(Via via, LoadBalancer.Policy loadBalancer, List<ResourceName> failoverGateways) {
    public static final Forwarding DEFAULT = new Forwarding(Via.GATEWAY, LoadBalancer.Policy.ROUND_ROBIN, List.of());

    public Forwarding {
        failoverGateways = List.copyOf(failoverGateways);
    }

    /** Which way. */
    public enum Via {
        GATEWAY,
        /** Past the gateway, straight to the destination. */
        DIRECT
    }
}
