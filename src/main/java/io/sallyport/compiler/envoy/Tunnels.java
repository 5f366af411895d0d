package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a CONNECT listener needs beside what every listener of HTTP does: its inner listener and the ways to and from. */
final class Tunnels {
    private final Snapshot snapshot;

    Tunnels(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    Stream<Part> parts() {
        return Stream.concat(
                listeners().map(ListenerSnapshot::listener).flatMap(Tunnels::inner),
                listeners()
                        .flatMap(listener -> inspected(snapshot, listener).stream())
                        .distinct()
                        .flatMap(this::onwards));
    }

    private Stream<ListenerSnapshot> listeners() {
        return snapshot.listeners().stream()
                .filter(listener -> listener.listener().protocol() == Listener.Protocol.CONNECT);
    }

    private static Stream<Part> inner(Listener listener) {
        String name = ResourceNames.tunnels(listener);
        return Stream.of(
                new Part(ResourceType.LISTENER, name, List.of(listener), () -> TunnelListener.of(listener)),
                new Part(ResourceType.CLUSTER, name, List.of(listener), () -> TunnelCluster.leadingTo(listener)));
    }

    private Stream<Part> onwards(Tunnel tunnel) {
        AddressPolicy policy = snapshot.addressPolicy();
        var clusters = new PassthroughCluster(new AddressGuard(policy));
        return EnvoyCompiler.withEndpoints(
                tunnel.cluster(),
                tunnel.upstream(),
                List.of(tunnel.upstream(), policy),
                () -> clusters.of(tunnel.cluster(), tunnel.upstream()));
    }

    /** The filters of the inner listener that come by themselves. */
    static Stream<Part> extensions(Snapshot snapshot, ListenerSnapshot listener) {
        String name = ResourceNames.tunnelResolver(listener.listener());
        boolean isNeeded = inspected(snapshot, listener).stream().anyMatch(Tunnel::isResolved);
        return Stream.of(new Part(
                ResourceType.EXTENSION_CONFIG,
                name,
                List.of(isNeeded, snapshot.addressPolicy()),
                () -> ResolverTable.of(name, isNeeded, new AddressGuard(snapshot.addressPolicy()))));
    }

    private static List<Tunnel> inspected(Snapshot snapshot, ListenerSnapshot listener) {
        Map<String, Upstream> upstreams = snapshot.upstreams().stream().collect(toMap(Upstream::name, identity()));
        return listener.hosts().stream()
                .flatMap(host -> host.ports().stream())
                .map(PortEntry::upstream)
                .distinct()
                .map(name -> requireNonNull(upstreams.get(name)))
                .filter(Tunnel::isInspected)
                .map(Tunnel::new)
                .toList();
    }
}
