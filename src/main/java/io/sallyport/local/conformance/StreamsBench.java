package io.sallyport.local.conformance;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.local.NumberOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code bench streams}: what a stream costs that has all there is, in memory, and in CPU and bytes when one resource
 * changes. Each asks for all clusters, and for all endpoints by name. Client and server are one process.
 */
public final class StreamsBench {
    private static final int MOST = 10_000;
    private static final int LARGE = 100_000;
    private static final String GROUP = Suite.group(0);

    private final int streams;
    private final int resources;
    private final int changes;

    private StreamsBench(NumberOptions options) {
        streams = options.count("--streams", MOST);
        resources = options.count("--resources", LARGE);
        changes = options.count("--changes", LARGE);
    }

    public static int run(List<String> arguments) {
        Map<String, Long> defaults = new LinkedHashMap<>();
        defaults.put("--streams", 1_000L);
        defaults.put("--resources", 10_000L);
        defaults.put("--changes", 50L);
        new StreamsBench(NumberOptions.parse("bench streams", defaults, arguments)).measure();
        return 0;
    }

    @SuppressWarnings("SystemOut")
    private void measure() {
        List<QuietPeer> peers = new ArrayList<>();
        try (OwnServer server = new OwnServer(Duration.ofMinutes(5));
                Stage stage = new Stage(server, Claim.Manner.DELTA, GROUP)) {
            stage.publish(world());
            Map<String, Map<String, String>> versions = learn(server);
            List<DeltaDiscoveryRequest> first = resuming(server, versions);
            Cost without = cost(stage, List.of());
            // The first of all pays for what they share.
            peers.add(connected(server, first, peers.size()));
            publish(stage, peers, 1);
            Cost one = cost(stage, peers);
            long before = usedBytes();
            while (peers.size() < streams) {
                peers.add(connected(server, first, peers.size()));
            }
            publish(stage, peers, 2);
            long after = usedBytes();
            Cost all = cost(stage, peers);
            System.out.printf(
                    "bench streams: streams=%d resources=%d of each of two types, changes=%d%n"
                            + "memory: heap %.1f MB with one stream, %.1f MB with all: %.1f kB each%n"
                            + "one changed resource: %.1f bytes and %.1f us of CPU for each stream, client and transport included"
                            + " (%.1f us for the only one); %.1f ms of CPU to publish it at all%n",
                    streams,
                    resources,
                    changes,
                    before / 1e6,
                    after / 1e6,
                    (after - before) / 1e3 / Math.max(1, streams - 1),
                    (double) all.bytes() / changes / peers.size(),
                    all.since(without) / 1e3 / changes / peers.size(),
                    one.since(without) / 1e3 / changes,
                    without.nanos() / 1e6 / changes);
        } finally {
            peers.forEach(QuietPeer::close);
        }
    }

    private record Cost(long nanos, long bytes) {
        long since(Cost other) {
            return Math.max(0, nanos - other.nanos());
        }
    }

    private Cost cost(Stage stage, List<QuietPeer> peers) {
        for (int change = 0; change < changes; change++) {
            publish(stage, peers, 3 + change);
        }
        long bytes = peers.stream().mapToLong(QuietPeer::bytes).sum();
        long started = cpuNanos();
        for (int change = 0; change < changes; change++) {
            publish(stage, peers, 3 + change);
        }
        return new Cost(
                cpuNanos() - started, peers.stream().mapToLong(QuietPeer::bytes).sum() - bytes);
    }

    /** Changes one resource and waits until everybody has it. */
    private void publish(Stage stage, List<QuietPeer> peers, int number) {
        List<Long> heard = peers.stream().map(QuietPeer::responses).toList();
        stage.publish(stage.world()
                .with(
                        ResourceType.ENDPOINTS,
                        name(number % resources),
                        SampleResource.of(
                                ResourceType.ENDPOINTS, name(number % resources), (int) (System.nanoTime() >>> 20))));
        for (int index = 0; index < peers.size(); index++) {
            while (peers.get(index).responses() <= heard.get(index)) {
                Peer.pause(Duration.ofMillis(1));
            }
        }
    }

    /** Hears all once, to know by which versions it is called. */
    private Map<String, Map<String, String>> learn(OwnServer server) {
        Map<String, Map<String, String>> versions = new ConcurrentHashMap<>();
        List<DeltaDiscoveryRequest> first = List.of(
                asking(server, ResourceType.CLUSTER).build(),
                asking(server, ResourceType.ENDPOINTS)
                        .addAllResourceNamesSubscribe(names())
                        .build());
        try (QuietPeer _ = new QuietPeer(
                server.connection(),
                first,
                response -> response.getResourcesList()
                        .forEach((Resource resource) -> versions.computeIfAbsent(
                                        response.getTypeUrl(), ignored -> new ConcurrentHashMap<>())
                                .put(resource.getName(), resource.getVersion())))) {
            while (versions.values().stream()
                            .filter(ofType -> ofType.size() == resources)
                            .count()
                    < 2) {
                Peer.pause(Duration.ofMillis(10));
            }
        }
        return versions;
    }

    private List<DeltaDiscoveryRequest> resuming(OwnServer server, Map<String, Map<String, String>> versions) {
        return List.of(
                asking(server, ResourceType.CLUSTER)
                        .putAllInitialResourceVersions(versions.get(ResourceType.CLUSTER.typeUrl()))
                        .build(),
                asking(server, ResourceType.ENDPOINTS)
                        .putAllInitialResourceVersions(versions.get(ResourceType.ENDPOINTS.typeUrl()))
                        .addAllResourceNamesSubscribe(names())
                        .build());
    }

    private static QuietPeer connected(OwnServer server, List<DeltaDiscoveryRequest> first, int number) {
        Node node = node(server, "quiet-" + number);
        return new QuietPeer(
                server.replicas().getFirst(),
                first.stream()
                        .map(request -> request.toBuilder().setNode(node).build())
                        .toList(),
                ignored -> {});
    }

    private static Node node(OwnServer server, String id) {
        return Node.newBuilder().setId(id).setCluster(server.cluster(GROUP)).build();
    }

    private static DeltaDiscoveryRequest.Builder asking(OwnServer server, ResourceType type) {
        return DeltaDiscoveryRequest.newBuilder()
                .setNode(node(server, "learning"))
                .setTypeUrl(type.typeUrl());
    }

    private World world() {
        World world = World.EMPTY;
        for (ResourceType type : List.of(ResourceType.CLUSTER, ResourceType.ENDPOINTS)) {
            Map<String, Any> bodies = new LinkedHashMap<>();
            names().forEach(name -> bodies.put(name, SampleResource.of(type, name, 1)));
            world = world.withAll(type, bodies);
        }
        return world;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int number = 0; number < resources; number++) {
            names.add(name(number));
        }
        return names;
    }

    private static String name(int number) {
        // As long as the names of clusters are.
        return "namespace/destination-%d/443/host-%d.of.a.partner.example".formatted(number, number);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** What is left of the heap after a collection, once all is quiet. */
    private static long usedBytes() {
        Peer.pause(Duration.ofSeconds(2));
        Runtime runtime = Runtime.getRuntime();
        for (int times = 0; times < 3; times++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
