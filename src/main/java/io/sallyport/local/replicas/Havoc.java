package io.sallyport.local.replicas;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Pauses, kills and stops replicas and their database at random, and has each come back after a while. */
final class Havoc implements AutoCloseable {
    private static final int KINDS = 10;

    private final List<Replica> replicas;
    private final Database database;
    private final Api api;
    private final Tally tally;
    private final Random random;
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(8);

    Havoc(List<Replica> replicas, Database database, Api api, Tally tally, long seed) {
        this.replicas = replicas;
        this.database = database;
        this.api = api;
        this.tally = tally;
        this.random = new Random(seed);
    }

    void wreak(Duration time) {
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            Replica replica = replicas.get(random.nextInt(replicas.size()));
            switch (random.nextInt(KINDS)) {
                case 0, 1, 2, 3 -> pause(replica);
                case 4, 5 -> kill(replica);
                case 6 -> stop(replica);
                case 7 -> databaseAway(false);
                case 8 -> databaseAway(true);
                default -> startWithoutDatabase(replica);
            }
            Wait.of(Duration.ofMillis(1_000L + random.nextInt(4_000)));
        }
    }

    private void pause(Replica replica) {
        if (replica.isUp()) {
            tally.event("replicas-paused", replica.toString());
            replica.pause();
            in(500 + random.nextInt(6_000), replica::resume);
        }
    }

    private void kill(Replica replica) {
        if (!isAnotherReady(replica)) {
            return;
        }
        tally.event("replicas-killed", replica.toString());
        replica.kill();
        in(random.nextInt(2_000), replica::start);
    }

    private void stop(Replica replica) {
        if (!isAnotherReady(replica)) {
            return;
        }
        tally.event("replicas-stopped", replica.toString());
        in(0, replica::stop);
        in(3_000 + random.nextInt(2_000), replica::start);
    }

    /** Where all are down nothing happens that could go wrong. */
    private boolean isAnotherReady(Replica replica) {
        return replicas.stream()
                .filter(other -> other != replica && other.isUp())
                .anyMatch(other -> api.get(other, "/q/health/ready")
                        .filter(answer -> answer.statusCode() == 200)
                        .isPresent());
    }

    private void databaseAway(boolean crash) {
        if (database.isUp()) {
            tally.event(crash ? "database-crashed" : "database-stopped", "");
            in(0, crash ? database::crash : database::stop);
            in(1_000 + random.nextInt(7_000), database::start);
        }
    }

    /** Long enough for a program to start and to give up waiting. */
    private void startWithoutDatabase(Replica replica) {
        if (!database.isUp() || !isAnotherReady(replica)) {
            return;
        }
        tally.event("starts-without-database", replica.toString());
        database.stop();
        replica.kill();
        replica.start();
        Instant end = Instant.now().plusSeconds(60);
        boolean isServing = false;
        while (!isServing && Instant.now().isBefore(end)) {
            Wait.of(Duration.ofMillis(250));
            isServing = api.get(replica, "/q/health/ready")
                    .filter(answer -> answer.body().contains("\"source\": \"bundle\""))
                    .isPresent();
        }
        tally.event(isServing ? "starts-from-bundle" : "starts-without-bundle", replica.toString());
        // Agents come by meanwhile.
        Wait.of(Duration.ofMillis(2_000L + random.nextInt(3_000)));
        database.start();
    }

    /** All is well from now on, and stays so. */
    void heal() {
        later.shutdown();
        try {
            if (!later.awaitTermination(60, TimeUnit.SECONDS)) {
                tally.finding("what was to come back did not within a minute");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        database.start();
        replicas.forEach(Replica::resume);
        replicas.forEach(Replica::start);
        replicas.forEach(Replica::awaitReady);
    }

    private void in(int millis, Runnable what) {
        var ignored = later.schedule(
                () -> {
                    try {
                        what.run();
                    } catch (RuntimeException failed) {
                        tally.finding("the trial itself failed: " + failed);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        later.shutdownNow();
    }
}
