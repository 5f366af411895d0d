package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.RouteSize;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A proxy tries the routes of a port one by one, and keeps them all: there are bounds, and who would go beyond is refused. */
final class RouteSizeChecks {
    /** Of all hosts at one listener: some 50 MB of a proxy's memory. */
    static final long MOST_OF_A_LISTENER = 100_000;

    private static final Set<Kind> CONCERNED =
            Set.of(Kind.TRAFFIC_ROUTE, Kind.DESTINATION, Kind.EGRESS_GATEWAY, Kind.NAMESPACE);

    private final Checked checked;
    private final Report report;

    RouteSizeChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        if (checked.touched().stream().map(ResourceKey::kind).noneMatch(CONCERNED::contains)) {
            return;
        }
        for (Resource<EgressGateway> gateway : checked.state().gateways()) {
            Admission admission = new Admission(checked.state(), gateway);
            GatewayRoutes attached = new GatewayRoutes(admission);
            if (!attached.isEmpty()) {
                ListenerCompilation.all(admission, attached)
                        .forEach(listener -> listener(gateway, listener, places(attached, listener)));
            }
        }
    }

    private static List<Place> places(GatewayRoutes attached, ListenerCompilation listener) {
        return listener.hosts().entries().stream()
                .flatMap(host -> places(attached, listener, host))
                .filter(place -> !place.candidates().isEmpty())
                .toList();
    }

    private static Stream<Place> places(GatewayRoutes attached, ListenerCompilation listener, HostPattern host) {
        Resource<Destination> owner = listener.hosts().owner(host);
        return GatewayCompilation.spoken(listener.listener(), owner).stream()
                .filter(port -> RouteTargets.canSpeak(listener.listener(), port))
                .map(port -> new Place(
                        owner,
                        host,
                        port,
                        attached.applying(
                                listener.listener(),
                                owner.name(),
                                listener.hosts().hosts(host),
                                port.number())));
    }

    private void listener(Resource<EgressGateway> gateway, ListenerCompilation listener, List<Place> places) {
        String where =
                "at listener '%s' of gateway %s".formatted(listener.listener().name(), gateway.name());
        long all = 0;
        for (Place place : places) {
            long size = place.size();
            all += size;
            if (size > RouteSize.MOST) {
                blame(
                        gateway,
                        List.of(place),
                        "%s the routes of %s at port %s come to %d entries of a proxy, of which %d are the most: take matches out, or have fewer query parameters that must not be something, for each doubles all matches"
                                .formatted(where, place.host(), place.port().number(), size, RouteSize.MOST));
            }
        }
        if (all > MOST_OF_A_LISTENER) {
            blame(
                    gateway,
                    places,
                    "%s the routes of all hosts come to %d entries of a proxy, of which %d are the most: attach routes to fewer hosts, or take matches out"
                            .formatted(where, all, MOST_OF_A_LISTENER));
        }
    }

    // Of what was touched, what is nearest to the routes; nobody where all of it is elsewhere.
    private void blame(Resource<EgressGateway> gateway, Collection<Place> places, String message) {
        Stream.<Stream<? extends Resource<?>>>of(
                        places.stream()
                                .flatMap(place -> place.candidates().stream().map(RouteCandidate::route)),
                        places.stream().map(Place::owner),
                        Stream.of(gateway),
                        places.stream()
                                .flatMap(place ->
                                        checked.state().namespace(place.owner().namespace()).stream()))
                .flatMap(resources -> resources)
                .filter(checked::isTouched)
                .findFirst()
                .ifPresent(one -> report.error(
                        one, one.key().kind() == Kind.TRAFFIC_ROUTE ? "/spec/rules" : "", "TooManyMatches", message));
    }

    /** A port of a host, and what applies to it. */
    private record Place(
            Resource<Destination> owner, HostPattern host, DestinationPort port, List<RouteCandidate> candidates) {
        long size() {
            return RouteSize.of(
                    candidates.stream().map(RouteCandidate::criteria).toList());
        }
    }
}
