package io.sallyport.domain.workload;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PrincipalPattern;
import java.util.List;

/**
 * Whom and what a namespace may speak for, set by the administrator. Identities of two namespaces never overlap. No
 * identities and no addresses where empty; any host where {@code hosts} is empty.
 */
public record Scopes(List<PrincipalPattern> spiffeIds, List<Cidr> cidrs, List<HostPattern> hosts) {
    public static final Scopes NONE = new Scopes(List.of(), List.of(), List.of());

    public Scopes {
        spiffeIds = List.copyOf(spiffeIds);
        cidrs = List.copyOf(cidrs);
        hosts = List.copyOf(hosts);
    }

    public boolean include(Cidr range) {
        return cidrs.stream().anyMatch(scope -> scope.contains(range));
    }

    public boolean include(PrincipalPattern principal) {
        return spiffeIds.stream().anyMatch(principal::isWithin);
    }

    public boolean include(HostPattern host) {
        return hosts.isEmpty() || hosts.stream().anyMatch(scope -> scope.covers(host));
    }
}
