package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;

/** What a route says beyond the name of a cluster, so that a request reaches its upstream and nothing else. */
record Departure(WayOut wayOut, FlowBounds bounds) {

    /** That route, leading requests to the upstream. */
    Route.Builder to(Upstream upstream, Route.Builder route) {
        return to(upstream, upstream.name(), wayOut.ofRequests(upstream), route);
    }

    /** That route, leading the bytes of a tunnel there. */
    Route.Builder ofTunnel(Upstream upstream, Route.Builder route) {
        WayOut.Form form = wayOut.ofRequests(upstream);
        return switch (form) {
            case CONNECTION, TUNNEL -> to(upstream, route);
            case WHOLE_URL -> to(upstream, ResourceNames.TUNNEL + upstream.name(), WayOut.Form.TUNNEL, route);
        };
    }

    private Route.Builder to(Upstream upstream, String cluster, WayOut.Form form, Route.Builder route) {
        RouteAction.Builder action = RouteAction.newBuilder().setCluster(cluster);
        Balancing.addHashPolicies(action, List.of(upstream));
        Retries.failingOver(List.of(upstream)).ifPresent(action::setRetryPolicy);
        bounds.applyTo(action);
        var passage = Passage.ofRequest(form, upstream);
        passage.told().forEach(config -> route.putTypedPerFilterConfig(Passage.FILTER, config));
        passage.authority().forEach(authority -> {
            action.setHostRewriteHeader(Passage.AUTHORITY);
            route.addRequestHeadersToAdd(authority);
        });
        return route.setRoute(action);
    }
}
