package io.sallyport.local;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.sallyport.compiler.envoy.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Many delta agents of one gateway, each on a connection of its own, and when each of them had which revision. */
final class BenchAgents implements AutoCloseable {
    private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

    private final String gateway;
    // When a revision of the rules came, by its number; for each agent.
    private final List<NavigableMap<Long, Long>> arrivals;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<DeltaClient> clients = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong lastResponse = new AtomicLong(System.nanoTime());

    BenchAgents(int count, String gateway) {
        this.gateway = gateway;
        this.arrivals = IntStream.range(0, count)
                .<NavigableMap<Long, Long>>mapToObj(ignored -> new ConcurrentSkipListMap<>())
                .toList();
    }

    void connect(String target, String token) {
        for (int number = 0; number < arrivals.size(); number++) {
            NavigableMap<Long, Long> own = arrivals.get(number);
            ManagedChannel channel =
                    ManagedChannelBuilder.forTarget(target).usePlaintext().build();
            channels.add(channel);
            DeltaClient client = DeltaClient.accepting(channel, token, response -> note(own, response));
            clients.add(client);
            client.start(gateway, "bench-" + number, Map.of());
        }
    }

    /** Until all have rules and nothing more comes. */
    void awaitFirstState(Duration patience) {
        await(
                "the first state",
                patience,
                () -> arrivals.stream().noneMatch(Map::isEmpty) && System.nanoTime() - lastResponse.get() > QUIET);
    }

    /** When the last agent had the rules of that revision. */
    long awaitRevision(long revision, Duration patience) {
        await(
                "revision " + revision,
                patience,
                () -> arrivals.stream().allMatch(own -> own.ceilingEntry(revision) != null));
        return arrivals.stream()
                .mapToLong(own -> own.tailMap(revision).firstEntry().getValue())
                .max()
                .orElseThrow();
    }

    void countBytesFromZero() {
        bytes.set(0);
    }

    long bytesReceived() {
        return bytes.get();
    }

    @Override
    public void close() {
        clients.forEach(DeltaClient::close);
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private void note(NavigableMap<Long, Long> own, DeltaDiscoveryResponse response) {
        long now = System.nanoTime();
        lastResponse.set(now);
        bytes.addAndGet(response.getSerializedSize());
        if (response.getTypeUrl().equals(ResourceType.EXTENSION_CONFIG.typeUrl()) && response.getResourcesCount() > 0) {
            own.putIfAbsent(revision(response.getSystemVersionInfo()), now);
        }
    }

    private static long revision(String version) {
        return Long.parseLong(version.replaceFirst("\\..*", ""));
    }

    private void await(String what, Duration patience, BooleanSupplier holds) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            clients.stream()
                    .flatMap(client -> client.end().stream())
                    .findFirst()
                    .ifPresent(end -> {
                        throw new CommandException("An agent's stream ended while waiting for " + what + ": " + end);
                    });
            if (System.nanoTime() > deadline) {
                throw new CommandException("Not all agents had %s within %s: %d of %d have rules, %d bytes came"
                        .formatted(
                                what,
                                patience,
                                arrivals.stream().filter(own -> !own.isEmpty()).count(),
                                arrivals.size(),
                                bytes.get()));
            }
            Pause.briefly();
        }
    }
}
