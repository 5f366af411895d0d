package io.sallyport.local.conformance;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.ManagedChannel;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.local.NumberOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code bench stuck}: the memory that clients cost which do not read. Client and server are one process, so the clients'
 * own buffers are counted with it.
 */
public final class StuckReadersBench {
    private static final int MOST = 10_000;
    private static final int LARGE = 10_000;
    private static final String GROUP = Suite.group(0);

    private final int readers;
    private final int resources;
    private final int changes;

    private StuckReadersBench(NumberOptions options) {
        readers = options.count("--readers", MOST);
        resources = options.count("--resources", LARGE);
        changes = options.count("--changes", LARGE);
    }

    public static int run(List<String> arguments) {
        Map<String, Long> defaults = new LinkedHashMap<>();
        defaults.put("--readers", 100L);
        defaults.put("--resources", 1_000L);
        defaults.put("--changes", 200L);
        new StuckReadersBench(NumberOptions.parse("bench stuck", defaults, arguments)).measure();
        return 0;
    }

    @SuppressWarnings("SystemOut")
    private void measure() {
        List<ManagedChannel> connections = new ArrayList<>();
        try (OwnServer server = new OwnServer(Duration.ofMinutes(1));
                Stage stage = new Stage(server, Claim.Manner.DELTA, GROUP)) {
            stage.publish(world());
            Peer reading = stage.peer()
                    .asksForAll(ResourceType.CLUSTER)
                    .comesToHold(ResourceType.CLUSTER, stage.world(ResourceType.CLUSTER));
            long before = usedBytes();
            for (int number = 0; number < readers; number++) {
                ManagedChannel connection = server.connection();
                connections.add(connection);
                new StuckPeer(connection, node(server, number), ResourceType.CLUSTER, List.of());
            }
            long connected = settled();
            long slowest = 0;
            for (int change = 1; change <= changes; change++) {
                long started = System.nanoTime();
                stage.publish(stage.world().with(ResourceType.CLUSTER, name(change % resources), 1 + change));
                reading.comesToHold(ResourceType.CLUSTER, stage.world(ResourceType.CLUSTER));
                slowest = Math.max(slowest, System.nanoTime() - started);
            }
            long after = settled();
            System.out.printf(
                    "bench stuck: readers=%d resources=%d changes=%d | heap %.1f MB without them, %.1f MB once they are stuck,"
                            + " %.1f MB after all changes: %.1f kB each | another client had every change, the slowest after %d ms%n",
                    readers,
                    resources,
                    changes,
                    before / 1e6,
                    connected / 1e6,
                    after / 1e6,
                    (after - before) / 1e3 / readers,
                    slowest / 1_000_000);
        } finally {
            connections.forEach(ManagedChannel::shutdownNow);
        }
    }

    private World world() {
        World world = World.EMPTY;
        Map<String, Any> clusters = new LinkedHashMap<>();
        for (int number = 0; number < resources; number++) {
            clusters.put(name(number), SampleResource.of(ResourceType.CLUSTER, name(number), 1));
        }
        return world.withAll(ResourceType.CLUSTER, clusters);
    }

    private static String name(int number) {
        // As long as the names of clusters are.
        return "namespace/destination-%d/443/host-%d.of.a.partner.example".formatted(number, number);
    }

    private static Node node(OwnServer server, int number) {
        return Node.newBuilder()
                .setId("stuck-" + number)
                .setCluster(server.cluster(GROUP))
                .build();
    }

    private static long settled() {
        Peer.pause(Duration.ofSeconds(2));
        return usedBytes();
    }

    /** What is left of the heap after a collection. */
    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int times = 0; times < 3; times++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
