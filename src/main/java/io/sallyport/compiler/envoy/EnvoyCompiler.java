package io.sallyport.compiler.envoy;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A snapshot to Envoy resources. Pure: the same snapshot gives the same bytes. */
public final class EnvoyCompiler {

    public EnvoySnapshot compile(Snapshot snapshot) {
        return compile(snapshot, List.of());
    }

    /** The same, at the cost of what differs from snapshots that were compiled before. */
    public EnvoySnapshot compile(Snapshot snapshot, Collection<EnvoySnapshot> before) {
        Ways ways = Ways.of(snapshot, before);
        Made made = before.stream()
                .map(EnvoySnapshot::made)
                .filter(earlier -> earlier.ways().equals(ways))
                .findFirst()
                .orElseGet(() -> made(ways, before));
        Kept kept = kept(before);
        List<Part> deciding = deciding(snapshot).toList();
        Map<ResourceType, SortedMap<String, EnvoyResource>> byType = new EnumMap<>(made.resources());
        byType(deciding, kept).forEach((type, resources) -> byType.merge(type, resources, EnvoyCompiler::joined));
        return new EnvoySnapshot(snapshot, byType, new Made(ways, made.parts(), made.resources(), deciding));
    }

    // What leads on is made of the ways alone, so it cannot depend on who may go them.
    private static Made made(Ways ways, Collection<EnvoySnapshot> before) {
        Kept kept = new Kept();
        before.forEach(snapshot -> snapshot.made().parts().forEach(part -> kept.add(part, snapshot)));
        List<Part> parts = leading(ways.snapshot()).toList();
        return new Made(ways, parts, byType(parts, kept), List.of());
    }

    private static Map<ResourceType, SortedMap<String, EnvoyResource>> byType(List<Part> parts, Kept kept) {
        Map<ResourceType, SortedMap<String, EnvoyResource>> byType = new EnumMap<>(ResourceType.class);
        for (Part part : parts) {
            EnvoyResource resource = kept.made(part);
            byType.computeIfAbsent(resource.type(), unseen -> new TreeMap<>()).put(resource.name(), resource);
        }
        return byType;
    }

    private static SortedMap<String, EnvoyResource> joined(
            SortedMap<String, EnvoyResource> some, SortedMap<String, EnvoyResource> others) {
        SortedMap<String, EnvoyResource> all = new TreeMap<>(some);
        all.putAll(others);
        return all;
    }

    /**
     * The extension configurations to run while an Envoy moves to {@code target}: those of the target, where classes and
     * hosts that the routes or rules of {@code stillInEffect} refer to are kept beside the new ones, so that neither a
     * denial nor a grant has a gap between two updates. What the target denies is denied in them. Equal to the target's
     * where nothing overlaps.
     */
    public SortedMap<String, EnvoyResource> overlap(Collection<EnvoySnapshot> stillInEffect, EnvoySnapshot target) {
        List<Snapshot> before =
                stillInEffect.stream().map(EnvoySnapshot::source).toList();
        Kept kept = kept(List.of(target));
        SortedMap<String, EnvoyResource> resources = new TreeMap<>();
        new ExtensionConfigs(target.source(), before)
                .parts()
                .forEach(part -> resources.put(part.name(), kept.made(part)));
        return resources;
    }

    private static Kept kept(Collection<EnvoySnapshot> snapshots) {
        Kept kept = new Kept();
        snapshots.forEach(snapshot -> snapshot.made().deciding().forEach(part -> kept.add(part, snapshot)));
        return kept;
    }

    private static Stream<Part> leading(Snapshot snapshot) {
        return Stream.of(
                        new RouteTables(snapshot).parts(),
                        new HttpClusters(snapshot).parts(),
                        RemoteKeyCluster.parts(snapshot),
                        ProxyParts.of(snapshot),
                        Probe.parts(snapshot),
                        passthroughClusters(snapshot),
                        rawClusters(snapshot),
                        new Tunnels(snapshot).parts())
                .flatMap(part -> part);
    }

    private static Stream<Part> deciding(Snapshot snapshot) {
        return Stream.of(
                        listeners(snapshot),
                        new Cut(snapshot).parts(),
                        new ExtensionConfigs(snapshot, List.of()).parts(),
                        secrets(snapshot))
                .flatMap(part -> part);
    }

    private static Stream<Part> listeners(Snapshot snapshot) {
        return snapshot.listeners().stream().map(listener -> listener(snapshot, listener));
    }

    private static Part listener(Snapshot snapshot, ListenerSnapshot listener) {
        Listener own = listener.listener();
        return switch (own.protocol()) {
            case HTTP, HTTPS, CONNECT -> {
                var skeleton = HttpSkeleton.of(snapshot, listener);
                yield listener(own, List.of(skeleton), () -> HttpListener.of(skeleton));
            }
            case TLS -> connections(snapshot, listener, TlsListener::of);
            case TCP -> connections(snapshot, listener, TcpListener::of);
        };
    }

    private static Part connections(
            Snapshot snapshot,
            ListenerSnapshot listener,
            BiFunction<ConnectionSkeleton, ConnectionGrants, Message> message) {
        var skeleton = ConnectionSkeleton.of(snapshot, listener);
        var grants = new Cut(snapshot).ofConnections(listener);
        return listener(listener.listener(), List.of(skeleton, grants), () -> message.apply(skeleton, grants));
    }

    private static Part listener(Listener listener, List<?> inputs, Supplier<Message> message) {
        return new Part(ResourceType.LISTENER, listener.name().value(), inputs, message);
    }

    private static Stream<Part> secrets(Snapshot snapshot) {
        return snapshot.secrets().stream()
                .map(secret -> new Part(
                        ResourceType.SECRET, secret.name().toString(), List.of(secret), () -> Secrets.of(secret)));
    }

    private static Stream<Part> passthroughClusters(Snapshot snapshot) {
        var unread = new UnreadParts(snapshot);
        var ways = new UnreadWays(snapshot);
        return speaking(snapshot, Listener.Protocol.TLS)
                .flatMap(listener -> Passthrough.of(listener, ways).stream())
                // Whoever says the name could say any address with it, so there is no way to the address that was
                // meant.
                .filter(passthrough -> passthrough.upstream().resolution() != Resolution.ORIGINAL)
                .distinct()
                .flatMap(passthrough -> unread.leadingTo(passthrough.cluster(), passthrough.upstream()));
    }

    private static Stream<Part> rawClusters(Snapshot snapshot) {
        return speaking(snapshot, Listener.Protocol.TCP)
                .flatMap(listener -> new TcpTables(snapshot, listener).clusters());
    }

    /** A cluster that depends on these inputs, and the endpoints that it asks for. */
    static Stream<Part> withEndpoints(String name, Upstream upstream, List<?> inputs, Supplier<Cluster> cluster) {
        Part clusterPart = new Part(ResourceType.CLUSTER, name, inputs, cluster);
        if (upstream.resolution() != Resolution.STATIC) {
            return Stream.of(clusterPart);
        }
        return Stream.of(
                clusterPart,
                new Part(ResourceType.ENDPOINTS, name, List.of(upstream), () -> Endpoints.of(name, upstream)));
    }

    private static Stream<ListenerSnapshot> speaking(Snapshot snapshot, Listener.Protocol protocol) {
        return snapshot.listeners().stream()
                .filter(listener -> listener.listener().protocol() == protocol);
    }
}
