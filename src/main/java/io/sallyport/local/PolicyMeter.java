package io.sallyport.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Measures one running Envoy, from one kept connection of the caller. */
final class PolicyMeter implements AutoCloseable {
    /** How many requests are measured at once. */
    static final int SLICE = 200;

    private static final int FORBIDDEN = 403;
    private static final int OK = 200;
    // Each host has a connection to the upstream, which both have to hold.
    private static final int MOST_HOSTS = 1000;
    private static final int WARM_UP = 3000;
    private static final Duration SETTLING = Duration.ofMillis(400);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KeptConnection connection;
    private final ProcessClock clock;
    private final List<Integer> hosts;
    private final Random chance;

    PolicyMeter(EnvoyProcess envoy, int port, BenchDocuments documents, long seed) {
        connection = new KeptConnection(documents.caller(), port);
        clock = new ProcessClock(envoy.pid());
        chance = new Random(seed);
        hosts = chance.ints(0, documents.hosts())
                .distinct()
                .limit(Math.min(documents.hosts(), MOST_HOSTS))
                .boxed()
                .toList();
    }

    /** Until each host has been asked for. */
    void warmUp() {
        hosts.forEach(this::ask);
        for (int count = 0; count < WARM_UP; count++) {
            ask(anyHost());
        }
    }

    /** CPU of the proxy for a request, in microseconds, over one slice. */
    double microsPerRequest() {
        Duration before = clock.cpuTime();
        for (int count = 0; count < SLICE; count++) {
            ask(anyHost());
        }
        return clock.cpuTime().minus(before).toNanos() / 1e3 / SLICE;
    }

    private int anyHost() {
        return hosts.get(chance.nextInt(hosts.size()));
    }

    private void ask(int number) {
        String host = BenchDocuments.host(number);
        int status = connection.get(host);
        if (status != OK) {
            throw new CommandException("%s answered %d where %d was due".formatted(host, status, OK));
        }
    }

    /**
     * How long it takes from a change, which denies a host, to its refusal; the change undone in between.
     *
     * @param deny returns when the change is handed over
     */
    List<Duration> timesToEffect(int rounds, IntConsumer deny, IntConsumer allow) {
        List<Duration> times = new ArrayList<>();
        IntStream.range(0, rounds).forEach(round -> {
            int host = anyHost();
            deny.accept(host);
            times.add(untilStatus(host, FORBIDDEN));
            allow.accept(host);
            untilStatus(host, OK);
        });
        return times;
    }

    private Duration untilStatus(int host, int status) {
        long start = System.nanoTime();
        while (connection.get(BenchDocuments.host(host)) != status) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new CommandException("No change came into effect within " + PATIENCE);
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** CPU of the proxy for one change, in milliseconds, less what it uses when nothing happens; medians. */
    double millisPerChange(int rounds, IntConsumer deny, IntConsumer allow) {
        List<Duration> idle = new ArrayList<>();
        List<Duration> busy = new ArrayList<>();
        Pause.of(SETTLING);
        for (int round = 0; round < rounds; round++) {
            int host = anyHost();
            idle.add(whileSettling(() -> {}));
            busy.add(whileSettling(() -> deny.accept(host)));
            busy.add(whileSettling(() -> allow.accept(host)));
        }
        return Percentiles.of(busy).p50() - Percentiles.of(idle).p50();
    }

    /** CPU of the proxy in a second in which nobody asks it for anything, in milliseconds. */
    double millisIdle() {
        Pause.of(SETTLING);
        Duration before = clock.cpuTime();
        Pause.of(IDLE);
        return clock.cpuTime().minus(before).toNanos() / 1e6 / IDLE.toSeconds();
    }

    private Duration whileSettling(Runnable change) {
        Duration before = clock.cpuTime();
        change.run();
        Pause.of(SETTLING);
        return clock.cpuTime().minus(before);
    }

    @Override
    public void close() {
        connection.close();
    }
}
