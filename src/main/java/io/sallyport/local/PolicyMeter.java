package io.sallyport.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Measures one running Envoy, from one kept connection of the caller. */
final class PolicyMeter implements AutoCloseable {
    private static final int FORBIDDEN = 403;
    private static final int OK = 200;
    private static final int WARM_UP = 2000;
    private static final Duration SETTLING = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KeptConnection connection;
    private final ProcessClock clock;
    private final int hosts;
    private final Random chance;

    PolicyMeter(EnvoyProcess envoy, int port, BenchDocuments documents, long seed) {
        connection = new KeptConnection(documents.caller(), port);
        clock = new ProcessClock(envoy.pid());
        this.hosts = documents.hosts();
        chance = new Random(seed);
    }

    /** CPU of the proxy for a request, in microseconds. */
    double microsPerRequest(int requests) {
        ask(WARM_UP);
        Duration before = clock.cpuTime();
        ask(requests);
        return clock.cpuTime().minus(before).toNanos() / 1e3 / requests;
    }

    private void ask(int requests) {
        for (int count = 0; count < requests; count++) {
            String host = BenchDocuments.host(chance.nextInt(hosts));
            int status = connection.get(host);
            if (status != OK) {
                throw new CommandException("%s answered %d where %d was due".formatted(host, status, OK));
            }
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
            int host = chance.nextInt(hosts);
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

    /** CPU of the proxy for one change, in milliseconds, less what it uses when nothing happens. */
    double millisPerChange(int rounds, IntConsumer deny, IntConsumer allow) {
        Pause.of(SETTLING);
        Duration idle = Duration.ZERO;
        Duration busy = Duration.ZERO;
        for (int round = 0; round < rounds; round++) {
            int host = chance.nextInt(hosts);
            idle = idle.plus(whileSettling(() -> {}));
            busy = busy.plus(whileSettling(() -> deny.accept(host)));
            allow.accept(host);
            Pause.of(SETTLING);
        }
        return busy.minus(idle).toNanos() / 1e6 / rounds;
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
