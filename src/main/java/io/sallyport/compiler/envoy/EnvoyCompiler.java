package io.sallyport.compiler.envoy;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A snapshot to Envoy resources. Pure: the same snapshot gives the same bytes. */
public final class EnvoyCompiler {

    public EnvoySnapshot compile(Snapshot snapshot) {
        Stream<EnvoyResource> resources = Stream.of(
                        listeners(snapshot), routes(snapshot), httpClusters(snapshot), passthroughClusters(snapshot))
                .flatMap(part -> part);
        Map<ResourceType, SortedMap<String, EnvoyResource>> byType = new EnumMap<>(ResourceType.class);
        resources.forEach(resource -> byType.computeIfAbsent(resource.type(), unseen -> new TreeMap<>())
                .put(resource.name(), resource));
        byType.put(ResourceType.EXTENSION_CONFIG, new ExtensionConfigs(snapshot, List.of()).all());
        return new EnvoySnapshot(snapshot, byType);
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
        return new ExtensionConfigs(target.source(), before).all();
    }

    private static Stream<EnvoyResource> listeners(Snapshot snapshot) {
        return snapshot.listeners().stream().map(ListenerSnapshot::listener).map(listener -> {
            var message = switch (listener.protocol()) {
                case HTTP -> HttpListener.of(listener, snapshot.ruleBuckets());
                case TLS -> TlsListener.of(listener);
            };
            return Encoding.resource(ResourceType.LISTENER, message.getName(), message);
        });
    }

    private static Stream<EnvoyResource> routes(Snapshot snapshot) {
        return speaking(snapshot, Listener.Protocol.HTTP)
                .map(RouteTable::of)
                .map(table -> Encoding.resource(ResourceType.ROUTES, table.getName(), table));
    }

    private static Stream<EnvoyResource> httpClusters(Snapshot snapshot) {
        var clusters = new HttpCluster(new AddressGuard(snapshot.addressPolicy()));
        Map<String, Upstream> upstreams = byName(snapshot);
        return speaking(snapshot, Listener.Protocol.HTTP)
                .flatMap(listener -> listener.hosts().stream())
                .map(HostEntry::ports)
                .flatMap(List::stream)
                .map(PortEntry::upstream)
                .distinct()
                .map(upstreams::get)
                .flatMap(upstream -> withEndpoints(upstream.name(), clusters.of(upstream), upstream));
    }

    private static Stream<EnvoyResource> passthroughClusters(Snapshot snapshot) {
        var clusters = new PassthroughCluster(new AddressGuard(snapshot.addressPolicy()));
        Map<String, Upstream> upstreams = byName(snapshot);
        return speaking(snapshot, Listener.Protocol.TLS)
                .flatMap(listener -> Passthrough.of(listener, upstreams).stream())
                .distinct()
                .flatMap(passthrough -> withEndpoints(
                        ResourceNames.passthrough(passthrough.host()),
                        clusters.of(passthrough.host(), passthrough.upstream()),
                        passthrough.upstream()));
    }

    private static Stream<EnvoyResource> withEndpoints(
            String name, io.envoyproxy.envoy.config.cluster.v3.Cluster cluster, Upstream upstream) {
        EnvoyResource clusterResource = Encoding.resource(ResourceType.CLUSTER, name, cluster);
        if (!cluster.hasEdsClusterConfig()) {
            return Stream.of(clusterResource);
        }
        return Stream.of(
                clusterResource, Encoding.resource(ResourceType.ENDPOINTS, name, Endpoints.of(name, upstream)));
    }

    private static Stream<ListenerSnapshot> speaking(Snapshot snapshot, Listener.Protocol protocol) {
        return snapshot.listeners().stream()
                .filter(listener -> listener.listener().protocol() == protocol);
    }

    private static Map<String, Upstream> byName(Snapshot snapshot) {
        return snapshot.upstreams().stream().collect(toMap(Upstream::name, identity()));
    }
}
