package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Resource;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The places that a gateway's traffic is sent to, as they come to be used. */
final class UpstreamTable {
    private final AddressPolicy policy;
    private final SortedMap<String, Upstream> upstreams = new TreeMap<>();

    UpstreamTable(AddressPolicy policy) {
        this.policy = policy;
    }

    List<Upstream> upstreams() {
        return List.copyOf(upstreams.values());
    }

    /** Where a port of a host leads; nowhere if there is nothing to connect to, which writes refuse. */
    Optional<String> leading(HostPattern host, Resource<Destination> owner, DestinationPort port) {
        boolean resolvesHost = owner.spec().resolution() == Resolution.DNS
                && owner.spec().endpoints().isEmpty();
        List<UpstreamEndpoint> endpoints = resolvesHost ? itself(host, port) : given(owner.spec(), port);
        if (endpoints.isEmpty()) {
            return Optional.empty();
        }
        String name = "%s/%s%s".formatted(owner.name(), port.number(), resolvesHost ? "/" + host : "");
        upstreams.computeIfAbsent(
                name,
                ignored -> new Upstream(
                        name,
                        owner.name(),
                        port.number(),
                        port.targetPort(),
                        port.protocol(),
                        owner.spec().resolution(),
                        endpoints,
                        owner.spec().subsets(),
                        owner.spec().settings(),
                        List.of()));
        return Optional.of(name);
    }

    private static List<UpstreamEndpoint> itself(HostPattern host, DestinationPort port) {
        return host.isWildcard()
                ? List.of()
                : List.of(new UpstreamEndpoint(host.value(), port.targetPort(), 1, "", Metadata.noLabels()));
    }

    private List<UpstreamEndpoint> given(Destination destination, DestinationPort port) {
        return destination.endpoints().stream()
                .filter(endpoint -> mayConnect(destination.resolution(), endpoint))
                .map(endpoint -> new UpstreamEndpoint(
                        endpoint.address(),
                        endpoint.portOr(port.targetPort()),
                        endpoint.weight(),
                        endpoint.locality(),
                        endpoint.labels()))
                .distinct()
                .toList();
    }

    private boolean mayConnect(Resolution resolution, Endpoint endpoint) {
        return IpAddress.isValid(endpoint.address())
                ? policy.allows(new IpAddress(endpoint.address()))
                : resolution == Resolution.DNS;
    }
}
