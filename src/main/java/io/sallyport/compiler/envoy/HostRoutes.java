package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;

import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The routes of one host: to each of its ports, and at last to nowhere, so that every request has a stamp. */
final class HostRoutes {
    private static final int FORBIDDEN = 403;

    private final Listener listener;
    private final Map<String, Upstream> upstreams;
    private final Departure departure;
    private final PortRoutes asked;
    private final List<TunnelRoutes> tunnels;

    /** {@code routes} and {@code upstreams} are all that there are, by id and by name. */
    HostRoutes(
            Listener listener,
            Map<String, CompiledRoute> routes,
            Map<String, Upstream> upstreams,
            Departure departure) {
        this.listener = listener;
        this.upstreams = upstreams;
        this.departure = departure;
        this.asked = new PortRoutes(routes, new Forwarding(upstreams, departure));
        this.tunnels = listener.protocol() == Listener.Protocol.CONNECT
                ? List.of(new TunnelRoutes(listener, departure))
                : List.of();
    }

    List<Route> of(HostEntry host) {
        Authority authority = Authority.of(host.host());
        List<Route> listed = toListedPorts(host, authority);
        List<Route> elsewhere = leadingNowhere(Stamp.elsewhereAt(host), authority.atAnyPort());
        return Stream.concat(guarded(host, listed), elsewhere.stream()).toList();
    }

    private List<Route> toListedPorts(HostEntry host, Authority authority) {
        List<Route> routes = new ArrayList<>();
        for (PortEntry port : host.ports()) {
            routes.addAll(to(port, Stamp.at(host, port.number()), authority.at(port.number())));
        }
        // A request that names no port means the first that speaks HTTP.
        host.ports().stream()
                .filter(this::speaksHttp)
                .findFirst()
                .ifPresent(port -> routes.addAll(to(port, Stamp.at(host, port.number()), authority.withoutPort())));
        return routes;
    }

    // An exact host with one of its ports, or with none, has no other way to be written but in capitals.
    private Stream<Route> guarded(HostEntry host, List<Route> routes) {
        return HttpGuard.isIdleFor(listener, host.host()) ? routes.stream().map(HttpGuard::leftOut) : routes.stream();
    }

    /** For hosts that nobody owns. */
    List<Route> ofNobody() {
        return leadingNowhere(Stamp.OF_NOBODY, List.of());
    }

    private List<Route> to(PortEntry port, Stamp stamp, List<HeaderMatcher> authority) {
        List<Route> routes = new ArrayList<>();
        tunnels.forEach(tunnel -> routes.add(tunnel.to(upstream(port), stamp, authority)));
        if (speaksHttp(port)) {
            routes.addAll(
                    port.routes().isEmpty()
                            ? List.of(route(port, stamp, authority))
                            : asked.of(port, stamp, authority));
        }
        return routes;
    }

    private boolean speaksHttp(PortEntry port) {
        return upstream(port).protocol().isReachableByHttp();
    }

    private Upstream upstream(PortEntry port) {
        return requireNonNull(upstreams.get(port.upstream()));
    }

    private Route route(PortEntry port, Stamp stamp, List<HeaderMatcher> authority) {
        return departure
                .to(upstream(port), stamp.route())
                .setMatch(RouteMatches.anyPath().addAllHeaders(authority))
                .build();
    }

    // The rules refuse what comes here; the answer is for the day when they do not.
    private List<Route> leadingNowhere(Stamp stamp, List<HeaderMatcher> authority) {
        var nowhere = DirectResponseAction.newBuilder().setStatus(FORBIDDEN);
        return Stream.concat(
                        tunnels.stream().map(tunnel -> TunnelRoutes.anyTunnel()), Stream.of(RouteMatches.anyPath()))
                .map(match -> stamp.route()
                        .setMatch(match.addAllHeaders(authority))
                        .setDirectResponse(nowhere)
                        .build())
                .toList();
    }
}
