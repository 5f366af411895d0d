package io.sallyport.compiler;

import static java.util.Objects.requireNonNull;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.security.CredentialInjection;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The places that a gateway's traffic is sent to, as they come to be used. */
final class UpstreamTable {
    private final AddressPolicy policy;
    private final Map<ResourceName, TlsOrigination> originations;
    private final Map<ResourceName, CredentialInjection> injections;
    private final SortedMap<String, Upstream> upstreams = new TreeMap<>();
    private List<Upstream> told = List.of();

    UpstreamTable(Admission admission) {
        injections = DestinationPolicies.injections(admission.state());
        policy = admission.gateway().spec().addressPolicy();
        originations = DestinationPolicies.originations(admission.state());
    }

    /** By name; the very same list while they are the same. */
    List<Upstream> upstreams() {
        // None of them is ever taken away.
        if (told.size() != upstreams.size()) {
            told = List.copyOf(upstreams.values());
        }
        return told;
    }

    /** Whether TLS is originated to one of them. */
    boolean isOverTls(String upstream) {
        return requireNonNull(upstreams.get(upstream)).isOverTls();
    }

    /** Where a port of an entry leads; nowhere if there is nothing to connect to, which writes refuse. */
    Optional<String> leading(ListenerCompilation listener, HostPattern entry, DestinationPort port) {
        Resource<Destination> owner = listener.hosts().owner(entry);
        return switch (owner.spec().resolution()) {
            case STATIC -> found(owner, port);
            case DNS ->
                owner.spec().endpoints().isEmpty() ? itself(named(listener, entry), owner, port) : found(owner, port);
            case DYNAMIC ->
                listener.listener().protocol() == Listener.Protocol.TCP
                        ? itself(named(listener, entry), owner, port)
                        : asAsked(owner, port);
            case ORIGINAL -> isAddress(entry) ? asAsked(owner, port) : Optional.empty();
        };
    }

    /** Where a port of a destination is that a route leads to under that name, an exact one; at most one. */
    Optional<String> leadingTo(Resource<Destination> destination, DestinationPort port, List<HostPattern> named) {
        Optional<HostPattern> host = named.stream().findFirst();
        return switch (destination.spec().resolution()) {
            case STATIC -> found(destination, port);
            case DNS ->
                destination.spec().endpoints().isEmpty() ? itself(host, destination, port) : found(destination, port);
            case DYNAMIC -> itself(host, destination, port);
            // What is asked for is an address of another destination.
            case ORIGINAL -> Optional.empty();
        };
    }

    private Optional<String> found(Resource<Destination> owner, DestinationPort port) {
        List<UpstreamEndpoint> endpoints = given(owner.spec(), port);
        return endpoints.isEmpty()
                ? Optional.empty()
                : add("", owner, owner.spec().resolution(), endpoints, port);
    }

    private Optional<String> itself(Optional<HostPattern> host, Resource<Destination> owner, DestinationPort port) {
        return host.flatMap(
                exact -> add("/" + exact, owner, Resolution.DNS, List.of(endpoint(exact.value(), port)), port));
    }

    private Optional<String> asAsked(Resource<Destination> owner, DestinationPort port) {
        return add("", owner, owner.spec().resolution(), List.of(), port);
    }

    // Who learns no host can be led to the only one that there is.
    private static Optional<HostPattern> named(ListenerCompilation listener, HostPattern entry) {
        List<HostPattern> hosts = listener.hosts().hosts(entry);
        return hosts.size() == 1 && !hosts.getFirst().isWildcard() ? Optional.of(hosts.getFirst()) : Optional.empty();
    }

    // Elsewhere a host would be taken for proof of an address that anybody may name beside it.
    private static boolean isAddress(HostPattern entry) {
        return entry.isRange() || IpAddress.isValid(entry.value());
    }

    private Optional<String> add(
            String suffix,
            Resource<Destination> owner,
            Resolution resolution,
            List<UpstreamEndpoint> endpoints,
            DestinationPort port) {
        String name = "%s/%s%s".formatted(owner.name(), port.number(), suffix);
        upstreams.computeIfAbsent(
                name,
                ignored -> new Upstream(
                        name,
                        owner.name(),
                        port.number(),
                        port.targetPort(),
                        port.protocol(),
                        resolution,
                        endpoints,
                        owner.spec().subsets(),
                        owner.spec().settings(),
                        originations.getOrDefault(owner.name(), TlsOrigination.DEFAULT),
                        Optional.ofNullable(injections.get(owner.name())).stream()
                                .toList()));
        return Optional.of(name);
    }

    private static UpstreamEndpoint endpoint(String host, DestinationPort port) {
        return new UpstreamEndpoint(host, port.targetPort(), Endpoint.DEFAULT_WEIGHT, "", Metadata.noLabels());
    }

    private List<UpstreamEndpoint> given(Destination destination, DestinationPort port) {
        return destination.endpoints().stream()
                .filter(endpoint -> mayConnect(destination, endpoint))
                .map(endpoint -> new UpstreamEndpoint(
                        endpoint.address(),
                        endpoint.portOr(port.targetPort()),
                        endpoint.weight(),
                        endpoint.locality(),
                        endpoint.labels()))
                .distinct()
                .toList();
    }

    // Names are guarded once they are resolved.
    private boolean mayConnect(Destination destination, Endpoint endpoint) {
        if (!IpAddress.isValid(endpoint.address())) {
            return destination.resolution() == Resolution.DNS;
        }
        IpAddress address = new IpAddress(endpoint.address());
        return policy.allows(address)
                && destination.settings().addressGuard().stream().noneMatch(range -> range.contains(address));
    }
}
