package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Resource;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.RouteTarget;
import java.util.List;

/** Where a target of a route is found. */
sealed interface Led {

    /**
     * There.
     *
     * @param hosts of the destination, as any of which it may count there; at least one
     */
    record To(RouteTarget target, Resource<Destination> destination, DestinationPort port, List<HostPattern> hosts)
            implements Led {
        public To {
            hosts = List.copyOf(hosts);
        }
    }

    /** Nowhere, for a reason in words, with what to do. */
    record Nowhere(String why) implements Led {}
}
