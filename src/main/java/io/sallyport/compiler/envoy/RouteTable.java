package io.sallyport.compiler.envoy;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * The table where of an HTTP listener: a virtual host for each host. The route that a request takes also stamps what
 * decides on it, so routing and access never see two different hosts.
 */
final class RouteTable {
    private static final int FORBIDDEN = 403;

    private RouteTable() {}

    static RouteConfiguration of(ListenerSnapshot listener) {
        return RouteConfiguration.newBuilder()
                .setName(listener.listener().name().value())
                .setIgnorePortInHostMatching(true)
                .addAllRequestHeadersToRemove(Headers.NOT_SENT)
                .addAllVirtualHosts(
                        listener.hosts().stream().map(RouteTable::virtualHost).toList())
                .addVirtualHosts(unknownDestination())
                .build();
    }

    private static VirtualHost virtualHost(HostEntry host) {
        return VirtualHost.newBuilder()
                .setName(host.host().value())
                .addDomains(host.host().value())
                .addAllRoutes(routes(host))
                .build();
    }

    private static List<Route> routes(HostEntry host) {
        List<Route> routes = new ArrayList<>();
        for (PortEntry port : host.ports()) {
            String stamp = Stamp.of(host.host(), port.number());
            var named = StringMatcher.newBuilder().setSuffix(":" + port.number());
            routes.add(route(authority(named, false), port, stamp, host.bucket()));
        }
        if (!host.ports().isEmpty()) {
            PortEntry preferred = host.ports().getFirst();
            String stamp = Stamp.of(host.host(), preferred.number());
            var anyPort = StringMatcher.newBuilder().setContains(":");
            routes.add(route(authority(anyPort, true), preferred, stamp, host.bucket()));
        }
        routes.add(leadingNowhere(Stamp.of(host.host()), host.bucket()));
        return routes;
    }

    private static RouteMatch authority(StringMatcher.Builder expected, boolean inverted) {
        return anyPath().toBuilder()
                .addHeaders(HeaderMatcher.newBuilder()
                        .setName(":authority")
                        .setStringMatch(expected)
                        .setInvertMatch(inverted))
                .build();
    }

    private static RouteMatch anyPath() {
        return RouteMatch.newBuilder().setPrefix("/").build();
    }

    // No bound on the whole: downloads and streams take their time. What stands still is ended by the listener.
    private static Route route(RouteMatch match, PortEntry port, String stamp, int bucket) {
        return stamping(stamp, bucket)
                .setMatch(match)
                .setRoute(
                        RouteAction.newBuilder().setCluster(port.upstream()).setTimeout(Duration.getDefaultInstance()))
                .build();
    }

    // The rules refuse what comes here; the answer is for the day when they do not.
    private static Route leadingNowhere(String stamp, int bucket) {
        return stamping(stamp, bucket)
                .setMatch(anyPath())
                .setDirectResponse(DirectResponseAction.newBuilder().setStatus(FORBIDDEN))
                .build();
    }

    private static VirtualHost unknownDestination() {
        return VirtualHost.newBuilder()
                .setName("*")
                .addDomains("*")
                .addRoutes(leadingNowhere(Stamp.UNKNOWN, 0))
                .build();
    }

    private static Route.Builder stamping(String destination, int bucket) {
        HeaderMutationPerRoute stamp = HeaderMutationPerRoute.newBuilder()
                .setMutations(Mutations.newBuilder()
                        .addRequestMutations(Headers.set(Headers.DESTINATION, destination))
                        .addRequestMutations(Headers.set(Headers.BUCKET, Integer.toString(bucket))))
                .build();
        return Route.newBuilder().putTypedPerFilterConfig(HttpFilters.STAMP, Encoding.any(stamp));
    }
}
