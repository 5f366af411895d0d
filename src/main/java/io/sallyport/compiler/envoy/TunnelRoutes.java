package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.UpgradeConfig;
import io.envoyproxy.envoy.config.route.v3.RouteAction.UpgradeConfig.ConnectConfig;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;

/**
 * The routes of CONNECT requests. Where TLS is to be inside, they lead to an inner listener that looks at it before
 * anything is connected; else straight to where the destination is.
 */
record TunnelRoutes(Listener listener, Departure departure) {
    static final String CONNECT = "CONNECT";

    Route to(Upstream upstream, Stamp stamp, List<HeaderMatcher> authority) {
        Route.Builder route =
                Tunnel.isInspected(upstream) ? inspected(new Tunnel(upstream), stamp) : plain(upstream, stamp);
        return route.setMatch(anyTunnel().addAllHeaders(authority)).build();
    }

    private Route.Builder inspected(Tunnel tunnel, Stamp stamp) {
        RouteAction.Builder action = RouteAction.newBuilder()
                .setCluster(ResourceNames.tunnels(listener, tunnel.key()))
                .addUpgradeConfigs(ended());
        departure.bounds().applyTo(action);
        return stamp.route(tunnel.stamps()).setRoute(action);
    }

    private Route.Builder plain(Upstream upstream, Stamp stamp) {
        Route.Builder route = departure.ofTunnel(upstream, stamp.route());
        route.getRouteBuilder().addUpgradeConfigs(ended());
        return route;
    }

    static RouteMatch.Builder anyTunnel() {
        return RouteMatch.newBuilder().setConnectMatcher(RouteMatch.ConnectMatcher.getDefaultInstance());
    }

    private static UpgradeConfig ended() {
        return UpgradeConfig.newBuilder()
                .setUpgradeType(CONNECT)
                .setConnectConfig(ConnectConfig.getDefaultInstance())
                .build();
    }
}
