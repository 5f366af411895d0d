package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PoliciesInForce;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The tables where of the listeners that read HTTP. */
final class RouteTables {
    private final Snapshot snapshot;
    private final Map<String, Upstream> upstreams;
    private final Map<String, CompiledRoute> routes;
    private final Departure departure;

    RouteTables(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.upstreams = snapshot.upstreams().stream().collect(toMap(Upstream::name, identity()));
        this.routes = snapshot.routes().stream().collect(toMap(CompiledRoute::id, identity()));
        this.departure = new Departure(
                WayOut.of(snapshot),
                new FlowBounds(snapshot.settings().conduct().limits()));
    }

    Stream<Part> parts() {
        return snapshot.listeners().stream()
                .filter(listener -> listener.listener().protocol().isHttp())
                .flatMap(this::parts);
    }

    private Stream<Part> parts(ListenerSnapshot listener) {
        var policies = PoliciesInForce.of(snapshot.policies());
        var used = new UsedRoutes(ports(listener).toList(), routes);
        List<?> inputs = List.of(
                listener.listener(),
                listener.jwt(),
                listener.hosts().stream().map(HostEntry::place).toList(),
                used.routes(),
                leadingTo(listener, used),
                departure,
                policies.anywhereAt(listener).toList(),
                listener.policy(),
                Cut.isWanted(snapshot));
        Supplier<RouteConfiguration> table = () -> new RouteTable(
                        listener,
                        new HostRoutes(listener.listener(), routes, upstreams, departure),
                        new PolicyRoutes(listener, policies))
                .configuration();
        String name = listener.listener().name().value();
        return Cut.isWanted(snapshot)
                ? CutRoutes.parts(listener.listener(), inputs, table)
                : Stream.of(new Part(ResourceType.ROUTES, name, inputs, table));
    }

    private List<Upstream> leadingTo(ListenerSnapshot listener, UsedRoutes used) {
        return Stream.concat(ports(listener).map(PortEntry::upstream), used.upstreams())
                .distinct()
                .map(name -> requireNonNull(upstreams.get(name)))
                .toList();
    }

    private static Stream<PortEntry> ports(ListenerSnapshot listener) {
        return listener.hosts().stream().flatMap(host -> host.ports().stream());
    }
}
