package io.sallyport.compiler.risk;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PoliciesInForce;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteMirror;
import io.sallyport.domain.snapshot.RouteTarget;
import io.sallyport.domain.snapshot.Secret;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A snapshot by its places: what stands at a host and port, and where that leads. */
final class Places {
    private final Snapshot snapshot;
    private final PoliciesInForce policies;
    private final Map<Name, ListenerSnapshot> listeners;
    private final Map<Name, Map<HostPattern, HostEntry>> hosts = new HashMap<>();
    private final Map<String, Upstream> upstreams;
    private final Map<String, CompiledRoute> routes;
    private final Map<ResourceName, Secret> secrets;

    Places(Snapshot snapshot) {
        this.snapshot = snapshot;
        policies = PoliciesInForce.of(snapshot.policies());
        listeners = snapshot.listeners().stream()
                .collect(toMap(one -> one.listener().name(), identity()));
        listeners.forEach((name, listener) -> hosts.put(
                name, listener.hosts().stream().collect(toMap(HostEntry::host, identity(), (first, _) -> first))));
        upstreams = snapshot.upstreams().stream().collect(toMap(Upstream::name, identity()));
        routes = snapshot.routes().stream().collect(toMap(CompiledRoute::id, identity()));
        secrets = snapshot.secrets().stream().collect(toMap(Secret::name, identity()));
    }

    Snapshot snapshot() {
        return snapshot;
    }

    PoliciesInForce policies() {
        return policies;
    }

    Optional<ListenerSnapshot> listener(ListenerSnapshot like) {
        return Optional.ofNullable(listeners.get(like.listener().name()));
    }

    /** What requests for a host found at that listener: its own entry, or the narrowest that covers it. */
    Optional<HostEntry> entry(ListenerSnapshot listener, HostPattern host) {
        Map<HostPattern, HostEntry> known =
                hosts.getOrDefault(listener.listener().name(), Map.of());
        return Optional.ofNullable(known.get(host))
                .or(() -> host.wider().stream()
                        .flatMap(wider -> Stream.ofNullable(known.get(wider)))
                        .findFirst());
    }

    static Optional<PortEntry> port(HostEntry entry, PortEntry like) {
        return entry.ports().stream()
                .filter(port -> port.number().equals(like.number()))
                .findFirst();
    }

    /** All to which requests at a port may be sent on: the owner's, and wherever routes and mirrors lead. */
    List<Upstream> upstreams(PortEntry port) {
        return Stream.concat(
                        Stream.of(port.upstream()), routes(port).stream().flatMap(route -> targets(route.action())))
                .distinct()
                .flatMap(name -> Stream.ofNullable(upstreams.get(name)))
                .toList();
    }

    Optional<Upstream> upstream(String name) {
        return Optional.ofNullable(upstreams.get(name));
    }

    /** In the order in which they are tried. */
    List<CompiledRoute> routes(PortEntry port) {
        return port.routes().stream()
                .flatMap(id -> Stream.ofNullable(routes.get(id)))
                .toList();
    }

    private static Stream<String> targets(RouteAction action) {
        return switch (action) {
            case RouteAction.Forward forward ->
                Stream.concat(
                                forward.targets().stream(),
                                forward.mirrors().stream().map(RouteMirror::target))
                        .map(RouteTarget::upstream);
            case RouteAction.Redirect redirect -> Stream.of();
            case RouteAction.Respond respond -> Stream.of();
            case RouteAction.Refuse refuse -> Stream.of();
        };
    }

    /** What another's upstream is to be compared with: the one of its name, or else the owner's. */
    Optional<Upstream> comparable(PortEntry port, Upstream other) {
        List<Upstream> own = upstreams(port);
        return own.stream()
                .filter(one -> one.name().equals(other.name()))
                .findFirst()
                .or(() -> own.stream().findFirst());
    }

    Protection protection(ListenerSnapshot listener, PortEntry port) {
        return upstreams(port).stream()
                .findFirst()
                .map(upstream -> protection(listener, upstream))
                .orElse(Protection.CLEARTEXT);
    }

    Protection protection(ListenerSnapshot listener, Upstream upstream) {
        return Protection.of(listener.listener().protocol(), upstream, name -> Optional.ofNullable(secrets.get(name)));
    }
}
