package io.sallyport.local.replicas;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Reads without end, at any replica: whoever answers at all answers well, or says that he cannot yet. */
final class Reader {
    private static final String LIST = "/api/v1/namespaces/shop/egress-rules?limit=5";

    private final Api api;
    private final List<Replica> replicas;
    private final Tally tally;
    private final Random random;
    private volatile boolean isStopping;

    Reader(Api api, List<Replica> replicas, Tally tally, long seed) {
        this.api = api;
        this.replicas = replicas;
        this.tally = tally;
        this.random = new Random(seed);
    }

    void stop() {
        isStopping = true;
    }

    void readUntilStopped() {
        while (!isStopping) {
            Replica replica = replicas.get(random.nextInt(replicas.size()));
            if (replica.isUp()) {
                api.get(replica, LIST).ifPresent(answer -> {
                    boolean isStale =
                            answer.headers().firstValue("Sallyport-Stale").isPresent();
                    tally.count("reads-%d%s".formatted(answer.statusCode(), isStale ? "-stale" : ""));
                    if (answer.statusCode() != 200 && answer.statusCode() != 503) {
                        tally.finding(
                                "a read at %s answered %d: %s".formatted(replica, answer.statusCode(), answer.body()));
                    }
                });
            }
            Wait.of(Duration.ofMillis(100));
        }
    }
}
