package io.sallyport.compiler;

import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.BackendTarget;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteMatch;
import io.sallyport.domain.route.RouteParent;
import io.sallyport.domain.route.RouteRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The routes of one gateway, found by what they are attached to. */
final class GatewayRoutes {
    private final List<Attached> ofGateway = new ArrayList<>();
    private final Map<ResourceName, List<Attached>> ofDestinations = new HashMap<>();

    GatewayRoutes(Admission admission) {
        for (Resource<TrafficRoute> route : admission.state().routes()) {
            for (RouteParent parent : route.spec().parents()) {
                attach(admission, new Attached(route, parent));
            }
        }
    }

    private void attach(Admission admission, Attached attached) {
        ResourceName parent =
                new ResourceName(attached.route().namespace(), attached.parent().name());
        switch (attached.parent().kind()) {
            case EGRESS_GATEWAY -> {
                if (parent.equals(admission.gateway().name())) {
                    ofGateway.add(attached);
                }
            }
            case DESTINATION ->
                admission
                        .destination(parent)
                        .ifPresent(known -> ofDestinations
                                .computeIfAbsent(parent, ignored -> new ArrayList<>())
                                .add(attached));
        }
    }

    boolean isEmpty() {
        return ofGateway.isEmpty() && ofDestinations.isEmpty();
    }

    /** Hosts that some route of a listener tells apart, whosesoever they are. */
    Stream<HostPattern> hostsOfGateway(Listener listener) {
        return at(listener.name()).flatMap(attached -> hosts(attached.route().spec()));
    }

    /** Hosts that some route of a destination tells apart. */
    Stream<HostPattern> hostsOfDestination(ResourceName destination) {
        return ofDestinations.getOrDefault(destination, List.of()).stream()
                .flatMap(attached -> hosts(attached.route().spec()));
    }

    private static Stream<HostPattern> hosts(TrafficRoute route) {
        return Stream.concat(
                route.hostnames().stream(),
                route.rules().stream().flatMap(rule -> rule.matches().stream()).flatMap(match -> match.sni().stream()));
    }

    /** The destinations that traffic to this one can be led to, or copied to. */
    Stream<ResourceName> ledTo(Listener listener, ResourceName owner) {
        return rules(listener, owner)
                .flatMap(GatewayRoutes::targets)
                .map(BackendTarget::destination)
                .distinct();
    }

    /** Whether some traffic to a destination gets another host. */
    boolean rewrites(Listener listener, ResourceName owner) {
        return rules(listener, owner)
                .flatMap(rule -> rule.filters().stream())
                .anyMatch(
                        filter -> filter instanceof RouteFilter.Rewrite(var hostname, var path) && !hostname.isEmpty());
    }

    private Stream<RouteRule> rules(Listener listener, ResourceName owner) {
        return Stream.concat(at(listener.name()), ofDestinations.getOrDefault(owner, List.of()).stream())
                .flatMap(attached -> attached.route().spec().rules().stream());
    }

    private static Stream<BackendTarget> targets(RouteRule rule) {
        return Stream.concat(
                rule.backends().stream().map(backend -> backend.target()),
                rule.filters().stream()
                        .filter(filter -> filter instanceof RouteFilter.Mirror)
                        .map(filter -> ((RouteFilter.Mirror) filter).target()));
    }

    /** The destinations that have routes of their own. */
    Set<ResourceName> destinations() {
        return ofDestinations.keySet();
    }

    private Stream<Attached> at(Name listener) {
        return ofGateway.stream()
                .filter(attached -> attached.parent().sectionName().isEmpty()
                        || attached.parent().sectionName().contains(listener));
    }

    /**
     * What applies to a port of a destination, the first to be tried first.
     *
     * @param hosts all of which are to be covered
     */
    List<RouteCandidate> applying(Listener listener, ResourceName owner, List<HostPattern> hosts, PortNumber port) {
        Set<Object> seen = new HashSet<>();
        Stream<Attached> ofOwner = ofDestinations.getOrDefault(owner, List.of()).stream()
                .filter(attached -> attached.parent().port().isEmpty()
                        || attached.parent().port().contains(port));
        return Stream.concat(ofOwner, at(listener.name()))
                .flatMap(attached -> candidates(attached, listener, hosts, port))
                .sorted(RouteCandidate.ORDER)
                .filter(one -> seen.add(List.of(one.route().name(), one.rule(), one.match())))
                .toList();
    }

    private static Stream<RouteCandidate> candidates(
            Attached attached, Listener listener, List<HostPattern> hosts, PortNumber port) {
        Optional<List<HostPattern>> covering = covering(attached.route().spec().hostnames(), hosts);
        if (covering.isEmpty()) {
            return Stream.of();
        }
        List<RouteRule> rules = attached.route().spec().rules();
        return IntStream.range(0, rules.size())
                .boxed()
                .flatMap(rule -> IntStream.range(
                                0, rules.get(rule).alternatives().size())
                        .boxed()
                        .flatMap(match -> candidate(attached, listener, hosts, port, covering.get(), rule, match)));
    }

    private static Stream<RouteCandidate> candidate(
            Attached attached,
            Listener listener,
            List<HostPattern> hosts,
            PortNumber port,
            List<HostPattern> covering,
            int rule,
            int match) {
        RouteRule says = attached.route().spec().rules().get(rule);
        RouteMatch asks = says.alternatives().get(match);
        boolean isForPort = asks.port().isEmpty() || asks.port().contains(port);
        Optional<List<HostPattern>> sni = covering(asks.sni(), hosts);
        if (!isForPort || sni.isEmpty() || !canTry(listener, says, asks)) {
            return Stream.of();
        }
        return Stream.of(new RouteCandidate(
                attached.route(),
                rule,
                match,
                attached.parent().kind(),
                sni.get().isEmpty() ? covering : sni.get()));
    }

    // What passes through unread is led, and nothing more can be done to it.
    private static boolean canTry(Listener listener, RouteRule rule, RouteMatch match) {
        return switch (listener.protocol()) {
            case HTTP, HTTPS, CONNECT -> match.sni().isEmpty();
            case TLS -> !match.asksOfHttp() && !rule.actsOnHttp();
            case TCP -> match.sni().isEmpty() && !match.asksOfHttp() && !rule.actsOnHttp();
        };
    }

    // Nothing where some host is not covered; an empty list where no hosts are named.
    private static Optional<List<HostPattern>> covering(List<HostPattern> hostnames, List<HostPattern> hosts) {
        if (hostnames.isEmpty()) {
            return Optional.of(List.of());
        }
        boolean isEachCovered =
                hosts.stream().allMatch(host -> hostnames.stream().anyMatch(hostname -> hostname.covers(host)));
        return isEachCovered
                ? hostnames.stream()
                        .filter(hostname -> hostname.covers(hosts.getFirst()))
                        .reduce((one, other) -> other.isMoreSpecificThan(one) ? other : one)
                        .map(List::of)
                : Optional.empty();
    }

    /** A route, and one of the parents that it names. */
    private record Attached(Resource<TrafficRoute> route, RouteParent parent) {}
}
