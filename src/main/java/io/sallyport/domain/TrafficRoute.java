package io.sallyport.domain;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.route.RouteParent;
import io.sallyport.domain.route.RouteRule;
import java.util.List;

/**
 * What happens to traffic that rules allow: where it goes, and how it is changed on the way.
 *
 * @param parents at least one
 * @param hostnames the hosts of the parents that it is for; all of them where empty
 * @param rules at least one
 */
public record TrafficRoute(List<RouteParent> parents, List<HostPattern> hostnames, List<RouteRule> rules)
        implements Spec {
    public TrafficRoute {
        parents = List.copyOf(parents);
        hostnames = List.copyOf(hostnames);
        rules = List.copyOf(rules);
        if (parents.isEmpty() || rules.isEmpty()) {
            throw new IllegalArgumentException("a route has at least one parentRef and one rule");
        }
    }
}
