package io.sallyport.store.postgres;

import io.sallyport.store.Doorbell;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Rings by NOTIFY. Not within the write's transaction, where it would cost most of the commit throughput, but after it
 * on a connection of its own, by a thread of its own: rings that come while one is under way are one.
 */
@Singleton
public final class PostgresDoorbell implements Doorbell, AutoCloseable {
    static final String CHANNEL = "sallyport_head";

    private static final Logger LOG = Logger.getLogger(PostgresDoorbell.class);

    private final OwnConnection own;
    private final Semaphore rung = new Semaphore(0);
    private final Thread ringer;

    @Inject
    PostgresDoorbell(OwnConnection own) {
        this.own = own;
        ringer = Thread.ofPlatform().name("doorbell-ring").daemon().start(this::ringForever);
    }

    @Override
    public void ring() {
        rung.release();
    }

    @Override
    public AutoCloseable listen(Runnable onRing) {
        return new DoorbellListener(own, onRing);
    }

    @PreDestroy
    @Override
    public void close() {
        ringer.interrupt();
    }

    private void ringForever() {
        try {
            while (true) {
                ringWhileConnected();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    // A ring that fails is lost, which the contract allows: replicas also look at the head by themselves.
    private void ringWhileConnected() throws InterruptedException {
        rung.acquire();
        try (var connection = own.open();
                var statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            do {
                rung.drainPermits();
                statement.execute("NOTIFY " + CHANNEL);
                rung.acquire();
            } while (true);
        } catch (SQLException away) {
            LOG.debug("the doorbell was not rung", away);
        }
    }
}
