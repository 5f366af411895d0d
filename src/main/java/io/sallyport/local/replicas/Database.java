package io.sallyport.local.replicas;

import io.sallyport.local.LocalPostgres;
import io.sallyport.local.Ports;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that stops, crashes and comes back with its data. {@code this} guards all. */
final class Database implements AutoCloseable {
    private final Path data;
    private final Tally tally;
    private final int port = Ports.free();
    private @Nullable LocalPostgres running;

    Database(Path folder, Tally tally) {
        this.tally = tally;
        this.data = folder.resolve("postgres");
    }

    synchronized boolean isUp() {
        return running != null;
    }

    synchronized void start() {
        if (running == null) {
            running = LocalPostgres.start(data, port);
            tally.event("database-started", "");
        }
    }

    synchronized void stop() {
        if (running != null) {
            running.close();
        }
        running = null;
    }

    /** Without a word: what was acknowledged has to be there all the same. */
    synchronized void crash() {
        LocalPostgres.killLeftover(data);
        // What is left to end is the record of it in this process.
        stop();
    }

    /** What a control plane is told of it. */
    Map<String, String> settings() {
        return Map.of(
                "SALLYPORT_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, LocalPostgres.DATABASE),
                "SALLYPORT_DATABASE_USER",
                LocalPostgres.USER);
    }

    @Override
    public synchronized void close() {
        stop();
    }
}
