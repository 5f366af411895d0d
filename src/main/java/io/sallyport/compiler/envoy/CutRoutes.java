package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.UpgradeConfig;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.sallyport.domain.gateway.Listener;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The table where of a listener with another one behind it: it decides, and what it decided on goes there as it came. How
 * it goes on from there, the same table says to the one behind.
 */
final class CutRoutes {
    private CutRoutes() {}

    static Stream<Part> parts(Listener listener, List<?> inputs, Supplier<RouteConfiguration> table) {
        String behind = ResourceNames.cut(listener);
        return Stream.of(
                new Part(
                        ResourceType.ROUTES,
                        listener.name().value(),
                        inputs,
                        () -> leadingBehind(listener, table.get())),
                new Part(ResourceType.ROUTES, behind, inputs, () -> behind(table.get(), behind)));
    }

    private static RouteConfiguration leadingBehind(Listener listener, RouteConfiguration table) {
        List<VirtualHost> hosts = table.getVirtualHostsList().stream()
                .map(host -> host.toBuilder()
                        .clearRoutes()
                        .addAllRoutes(host.getRoutesList().stream()
                                .map(route -> leadingBehind(listener, route))
                                .toList())
                        .build())
                .toList();
        return table.toBuilder().clearVirtualHosts().addAllVirtualHosts(hosts).build();
    }

    // What is done before a token is looked at is done, and what the token told is to stay.
    private static RouteConfiguration behind(RouteConfiguration table, String name) {
        List<VirtualHost> hosts = table.getVirtualHostsList().stream()
                .map(host -> host.toBuilder()
                        .removeTypedPerFilterConfig(HttpFilters.STAMP)
                        .build())
                .toList();
        return table.toBuilder()
                .setName(name)
                .removeTypedPerFilterConfig(HttpFilters.STAMP)
                .clearVirtualHosts()
                .addAllVirtualHosts(hosts)
                .build();
    }

    private static Route leadingBehind(Listener listener, Route route) {
        if (!route.hasRoute()) {
            return route;
        }
        RouteAction action = route.getRoute();
        RouteAction.Builder passing = RouteAction.newBuilder()
                .setCluster(ResourceNames.cut(listener))
                .setTimeout(action.getTimeout())
                .setIdleTimeout(action.getIdleTimeout());
        if (action.hasMaxStreamDuration()) {
            passing.setMaxStreamDuration(action.getMaxStreamDuration());
        }
        // A tunnel ends behind, not here.
        action.getUpgradeConfigsList()
                .forEach(upgrade ->
                        passing.addUpgradeConfigs(UpgradeConfig.newBuilder().setUpgradeType(upgrade.getUpgradeType())));
        return route.toBuilder()
                .setRoute(passing)
                .removeTypedPerFilterConfig(Passage.FILTER)
                .putTypedPerFilterConfig(
                        CutState.FILTER, Encoding.any(CutState.of(listener, Stamp.destinationOf(route))))
                .clearRequestHeadersToAdd()
                .clearRequestHeadersToRemove()
                .clearResponseHeadersToAdd()
                .clearResponseHeadersToRemove()
                .build();
    }
}
