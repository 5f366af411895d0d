package io.sallyport.store.postgres;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Brings the tables up to date before anybody uses them: at start, or later, where the database was away then. {@code turn}
 * is had by whoever does it; nobody waits for him, as a database that is away would be asked by all in turn.
 */
@Singleton
public final class Schema {
    private static final Logger LOG = Logger.getLogger(Schema.class);

    private final Flyway flyway;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean isUpToDate;

    @Inject
    Schema(Flyway flyway) {
        this.flyway = flyway;
    }

    /**
     * Throws {@code Unavailable} while that cannot be done; whatever else it throws is a mistake that time does not mend,
     * such as tables of a newer program.
     */
    public void require() {
        if (isUpToDate) {
            return;
        }
        if (!turn.tryLock()) {
            throw new FailureException(new Failure.Unavailable("The store is being prepared; try again later"));
        }
        try {
            migrate();
        } finally {
            turn.unlock();
        }
    }

    // Another replica that does the same at the same time is waited for by Flyway.
    private void migrate() {
        try {
            LOG.debugf("tables brought up to date count=%d", flyway.migrate().migrationsExecuted);
            isUpToDate = true;
        } catch (RuntimeException failed) {
            throw Transactions.isOfTheWorld(failed) ? Transactions.away(failed) : failed;
        }
    }
}
