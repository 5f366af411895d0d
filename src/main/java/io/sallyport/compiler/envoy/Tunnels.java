package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.Listener.Protocol;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a CONNECT listener needs beside what every listener of HTTP does: its inner listeners and the ways to and from. */
final class Tunnels {
    private final Snapshot snapshot;
    private final Map<String, Upstream> upstreams;
    private final WayOut wayOut;
    private final AskedFor askedFor;

    Tunnels(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.upstreams = snapshot.upstreams().stream().collect(toMap(Upstream::name, identity()));
        this.wayOut = WayOut.of(snapshot);
        this.askedFor = new AskedFor(snapshot);
    }

    Stream<Part> parts() {
        return Stream.concat(
                listeners().flatMap(this::innerListeners),
                listeners()
                        .flatMap(listener -> inspected(listener).stream())
                        .distinct()
                        .flatMap(this::onwards));
    }

    private Stream<ListenerSnapshot> listeners() {
        return snapshot.listeners().stream()
                .filter(listener -> listener.listener().protocol() == Protocol.CONNECT);
    }

    // One for each resolver. None of them ever changes: a destination that asks for another comes with one more.
    private Stream<Part> innerListeners(ListenerSnapshot listener) {
        return byKey(listener).keySet().stream()
                .map(key -> ResourceNames.tunnels(listener.listener(), key))
                .flatMap(name -> Stream.of(
                        new Part(ResourceType.LISTENER, name, List.of(), () -> TunnelListener.of(name)),
                        new Part(ResourceType.CLUSTER, name, List.of(), () -> TunnelCluster.leadingTo(name))));
    }

    private Stream<Part> onwards(Tunnel tunnel) {
        Upstream upstream = tunnel.upstream();
        AddressPolicy policy = snapshot.addressPolicy();
        return wayOut.proxy().isEmpty()
                ? EnvoyCompiler.withEndpoints(
                        tunnel.cluster(),
                        upstream,
                        List.of(upstream, askedFor.of(upstream), policy),
                        () -> TunnelCluster.leadingOn(tunnel, askedFor.of(upstream), policy))
                : Stream.of(new Part(
                        ResourceType.CLUSTER,
                        tunnel.cluster(),
                        List.of(upstream, wayOut),
                        () -> ClusterSettings.balanced(ProxyTunnel.leadingTo(tunnel.cluster(), upstream), upstream)
                                .build()));
    }

    /** The filters of the inner listeners that come by themselves. */
    Stream<Part> extensions(ListenerSnapshot listener) {
        return byKey(listener).entrySet().stream()
                .map(entry -> resolver(
                        ResourceNames.tunnels(listener.listener(), entry.getKey()),
                        // A proxy resolves by itself.
                        wayOut.proxy().isEmpty() ? entry.getValue() : List.of()));
    }

    private Part resolver(String innerListener, List<Tunnel> resolved) {
        String name = ResourceNames.tunnelResolver(innerListener);
        List<DnsCacheConfig> cache = resolved.stream()
                .map(tunnel -> tunnel.cache(snapshot.addressPolicy()))
                .limit(1)
                .toList();
        return new Part(ResourceType.EXTENSION_CONFIG, name, cache, () -> filter(name, cache));
    }

    // One where something is resolved, else none.
    private static TypedExtensionConfig filter(String name, List<DnsCacheConfig> cache) {
        return cache.stream()
                .findFirst()
                .map(one -> ResolverTable.of(name, true, one))
                .orElseGet(() -> Composites.extension(name, Config.getDefaultInstance()));
    }

    private SortedMap<String, List<Tunnel>> byKey(ListenerSnapshot listener) {
        SortedMap<String, List<Tunnel>> tunnels = new TreeMap<>();
        tunnels.put("", new ArrayList<>());
        inspected(listener).stream()
                .filter(Tunnel::isResolved)
                .forEach(tunnel -> tunnels.computeIfAbsent(tunnel.key(), unseen -> new ArrayList<>())
                        .add(tunnel));
        return tunnels;
    }

    private List<Tunnel> inspected(ListenerSnapshot listener) {
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
