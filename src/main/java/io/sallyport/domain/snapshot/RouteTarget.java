package io.sallyport.domain.snapshot;

import io.sallyport.domain.Name;
import io.sallyport.domain.network.HostPattern;
import java.util.List;

/**
 * A place that a route leads to.
 *
 * @param upstream the name of an {@link Upstream} of the same snapshot
 * @param subset of the upstream's endpoints; all of them where empty; at most one
 * @param weight 0 to 1,000,000; 0 means none
 * @param serverName the exact host that TLS is originated for and that a certificate must name, where the upstream's
 *     protocol asks for that; where empty, that of the {@code Host} that is sent; at most one
 */
public record RouteTarget(String upstream, List<Name> subset, int weight, List<HostPattern> serverName) {
    public RouteTarget {
        subset = List.copyOf(subset);
        serverName = List.copyOf(serverName);
    }
}
