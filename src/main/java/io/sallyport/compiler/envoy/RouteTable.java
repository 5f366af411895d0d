package io.sallyport.compiler.envoy;

import static java.util.function.Predicate.not;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The table where of a listener that reads HTTP: a virtual host for each host. The route that a request takes also
 * stamps what decides on it, so routing and access never see two different hosts.
 */
final class RouteTable {
    // Below such a suffix a host can be an IPv4 literal, which belongs to a range before it belongs to the suffix.
    private static final Pattern ENDS_IN_NUMBERS = Pattern.compile("\\*(\\.\\d{1,3}){1,3}");
    private static final Comparator<HostEntry> LONGEST_PREFIX_FIRST =
            Comparator.comparingInt(entry -> -entry.host().range().prefixLength());

    private final ListenerSnapshot listener;
    private final HostRoutes routes;

    private final PolicyRoutes policies;

    RouteTable(ListenerSnapshot listener, HostRoutes routes, PolicyRoutes policies) {
        this.listener = listener;
        this.routes = routes;
        this.policies = policies;
    }

    RouteConfiguration configuration() {
        var table = RouteConfiguration.newBuilder();
        TokenTraces.of(listener.jwt(), isProxy())
                .forEach(traces -> table.putTypedPerFilterConfig(HttpFilters.STAMP, traces));
        return table.setName(listener.listener().name().value())
                .setIgnorePortInHostMatching(true)
                .addAllRequestHeadersToRemove(Headers.NOT_SENT)
                .addAllVirtualHosts(hosts().filter(entry -> !entry.host().isEverything())
                        .map(this::virtualHost)
                        .toList())
                .addVirtualHosts(everythingElse())
                .build();
    }

    private boolean isProxy() {
        return listener.listener().protocol() == Listener.Protocol.CONNECT
                && !listener.listener().isMutual();
    }

    // A policy of its own may take other tokens than the listener takes elsewhere.
    private List<Any> traces(HostEntry entry) {
        return entry.policy().isEmpty()
                ? List.of()
                : TokenTraces.of(
                        policies.of(entry).jwt(), isProxy() && listener.jwt().isEmpty());
    }

    private Stream<HostEntry> hosts() {
        return listener.hosts().stream().filter(not(RouteTable::isRange));
    }

    private static boolean isRange(HostEntry entry) {
        return entry.host().isRange();
    }

    private VirtualHost virtualHost(HostEntry entry) {
        VirtualHost.Builder host = VirtualHost.newBuilder()
                .setName(entry.host().value())
                .addDomains(entry.host().value());
        traces(entry).forEach(traces -> host.putTypedPerFilterConfig(HttpFilters.STAMP, traces));
        if (canBeLiteral(entry.host())) {
            ranges().forEach(range -> host.addAllRoutes(routes(range)));
        }
        return host.addAllRoutes(routes(entry)).build();
    }

    private List<Route> routes(HostEntry entry) {
        return routes.of(entry).stream()
                .map(route -> policies.onto(entry, route))
                .toList();
    }

    private static boolean canBeLiteral(HostPattern host) {
        return host.isEverything() || ENDS_IN_NUMBERS.matcher(host.value()).matches();
    }

    // An IPv4 literal is a host like others to Envoy: which range it is in, only routes can ask.
    private Stream<HostEntry> ranges() {
        return listener.hosts().stream()
                .filter(RouteTable::isRange)
                .filter(entry -> entry.host().range().first().isV4())
                .sorted(LONGEST_PREFIX_FIRST);
    }

    private VirtualHost everythingElse() {
        return hosts().filter(entry -> entry.host().isEverything())
                .findFirst()
                .map(this::virtualHost)
                .orElseGet(this::unknownDestination);
    }

    private VirtualHost unknownDestination() {
        return VirtualHost.newBuilder()
                .setName(HostPattern.EVERYTHING.value())
                .addDomains(HostPattern.EVERYTHING.value())
                .addAllRoutes(ranges().map(this::routes).flatMap(List::stream).toList())
                .addAllRoutes(routes.ofNobody())
                .build();
    }
}
