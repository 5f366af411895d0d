package io.sallyport.store.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/** Hears NOTIFY on a connection of its own thread; connects again where that is lost. */
final class DoorbellListener implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DoorbellListener.class);
    private static final int PAUSE_MILLIS = 1_000;
    // How long a connection that died without a word goes unnoticed; the poll covers that time.
    private static final int QUIET_MILLIS = 5_000;
    private static final int PATIENCE_SECONDS = 2;

    private final OwnConnection own;
    private final Runnable onRing;
    private final Thread thread;

    DoorbellListener(OwnConnection own, Runnable onRing) {
        this.own = own;
        this.onRing = onRing;
        thread = Thread.ofPlatform().name("doorbell-listen").daemon().start(this::listenForever);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void listenForever() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                listenWhileConnected();
            } catch (SQLException away) {
                LOG.debug("the doorbell is not heard", away);
                pause();
            }
        }
    }

    private void listenWhileConnected() throws SQLException {
        try (var connection = own.open();
                var statement = connection.createStatement()) {
            statement.execute("LISTEN " + PostgresDoorbell.CHANNEL);
            onRing.run(); // what was rung while nobody listened
            PGConnection heard = connection.unwrap(PGConnection.class);
            while (!Thread.currentThread().isInterrupted()) {
                if (heard.getNotifications(QUIET_MILLIS).length > 0) {
                    onRing.run();
                } else if (!connection.isValid(PATIENCE_SECONDS)) {
                    throw new SQLException("the connection is lost");
                }
            }
        }
    }

    private static void pause() {
        try {
            // Replicas that lost the database together do not come back to it together.
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS, 2 * PAUSE_MILLIS)));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
