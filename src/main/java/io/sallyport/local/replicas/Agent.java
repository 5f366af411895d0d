package io.sallyport.local.replicas;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.local.DeltaClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Speaks as an Envoy does, moves from replica to replica with what it has, and now and then dies and has nothing. {@code
 * this} guards what it saw: what comes on a stream that it has left is not its any more.
 */
final class Agent {
    private static final int REBOOT_IN = 8;

    private final String name;
    private final List<Replica> replicas;
    private final String token;
    private final Tally tally;
    private final Random random;
    private Sightings sightings = new Sightings();
    private long stream;
    private volatile boolean isCalm;
    private volatile boolean isStopping;

    Agent(String name, List<Replica> replicas, String token, Tally tally, long seed) {
        this.name = name;
        this.replicas = replicas;
        this.token = token;
        this.tally = tally;
        this.random = new Random(seed);
    }

    /** From now on it stays where it is. */
    void calmDown() {
        isCalm = true;
    }

    void stop() {
        isStopping = true;
    }

    synchronized Set<String> names() {
        return sightings.names();
    }

    void live() {
        while (!isStopping) {
            Replica replica = replicas.get(random.nextInt(replicas.size()));
            if (replica.isUp()) {
                stayWith(replica);
            }
            Wait.of(Duration.ofMillis(100L + random.nextInt(400)));
        }
    }

    private void stayWith(Replica replica) {
        ManagedChannel channel =
                ManagedChannelBuilder.forTarget(replica.grpc()).usePlaintext().build();
        Instant until = Instant.now().plusMillis(2_000L + random.nextInt(10_000));
        long own = begin();
        try {
            DeltaClient client = DeltaClient.accepting(channel, token, response -> take(own, replica, response));
            client.start("edge/internet", name, versions());
            missing().forEach((type, names) -> {
                if (!names.isEmpty()) {
                    client.subscribe(type, names);
                }
            });
            while (!isStopping
                    && client.end().isEmpty()
                    && (isCalm || Instant.now().isBefore(until))) {
                Wait.of(Duration.ofMillis(50));
            }
            client.end().ifPresent(end -> tally.count("streams-ended-" + end.getCode()));
        } finally {
            leave();
            channel.shutdownNow();
        }
    }

    private synchronized long begin() {
        if (!isCalm && random.nextInt(REBOOT_IN) == 0) {
            sightings = new Sightings();
            tally.count("reboots");
        }
        tally.count("streams");
        return ++stream;
    }

    private synchronized void leave() {
        stream++;
    }

    private synchronized Map<ResourceType, Map<String, String>> versions() {
        return sightings.versions();
    }

    private synchronized Map<ResourceType, Set<String>> missing() {
        return sightings.missing();
    }

    private synchronized void take(long own, Replica replica, DeltaDiscoveryResponse response) {
        if (own != stream) {
            return;
        }
        tally.count("responses");
        ResourceType.ofTypeUrl(response.getTypeUrl()).ifPresent(type -> {
            List<String> back = sightings.take(type, response);
            if (!back.isEmpty()) {
                tally.finding("%s was sent %s again, which was gone, by %s at revision %s in %s"
                        .formatted(name, back, replica, response.getSystemVersionInfo(), type));
            }
        });
    }

    /** What keeps it from having all of that, and nothing else; empty where nothing does. */
    String difference(Set<String> wanted) {
        Set<String> missing = new HashSet<>(wanted);
        missing.removeAll(names());
        List<String> extra = new ArrayList<>(names());
        extra.removeAll(wanted);
        return missing.isEmpty() && extra.isEmpty() ? "" : "%s lacks %s and has %s".formatted(name, missing, extra);
    }
}
