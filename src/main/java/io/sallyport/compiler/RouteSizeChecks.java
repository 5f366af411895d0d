package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.RouteSize;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A proxy tries the routes of a port one by one, so there is a bound on them; whoever would go beyond it is refused. */
final class RouteSizeChecks {
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
                ListenerCompilation.all(admission, attached).stream()
                        .filter(listener -> listener.listener().protocol().isHttp())
                        .forEach(listener ->
                                listener.hosts().entries().forEach(host -> host(gateway, attached, listener, host)));
            }
        }
    }

    private void host(
            Resource<EgressGateway> gateway, GatewayRoutes attached, ListenerCompilation listener, HostPattern host) {
        Resource<Destination> owner = listener.hosts().owner(host);
        for (DestinationPort port : GatewayCompilation.spoken(listener.listener(), owner)) {
            if (RouteTargets.canSpeak(listener.listener(), port)) {
                List<RouteCandidate> candidates = attached.applying(
                        listener.listener(), owner.name(), listener.hosts().hosts(host), port.number());
                long size = RouteSize.of(
                        candidates.stream().map(RouteCandidate::criteria).toList());
                if (size > RouteSize.MOST) {
                    blamed(candidates, owner, gateway)
                            .ifPresent(one -> report.error(
                                    one,
                                    one.key().kind() == Kind.TRAFFIC_ROUTE ? "/spec/rules" : "",
                                    "TooManyMatches",
                                    message(gateway, listener, host, port, size)));
                }
            }
        }
    }

    private static String message(
            Resource<EgressGateway> gateway,
            ListenerCompilation listener,
            HostPattern host,
            DestinationPort port,
            long size) {
        return "at listener '%s' of gateway %s the routes of %s at port %s come to %d entries of a proxy, of which %d are the most: take matches out, or have fewer query parameters that must not be something, for each doubles all matches"
                .formatted(listener.listener().name(), gateway.name(), host, port.number(), size, RouteSize.MOST);
    }

    // Of what was touched, what is nearest to the routes; nobody where all of it is elsewhere.
    private Optional<Resource<?>> blamed(
            List<RouteCandidate> candidates, Resource<Destination> owner, Resource<EgressGateway> gateway) {
        return Stream.<Resource<?>>concat(
                        candidates.stream().map(RouteCandidate::route),
                        Stream.concat(Stream.of(owner, gateway), checked.state().namespace(owner.namespace()).stream()))
                .filter(checked::isTouched)
                .findFirst();
    }
}
