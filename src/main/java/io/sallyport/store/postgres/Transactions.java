package io.sallyport.store.postgres;

import io.quarkus.arc.Arc;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Begins and ends transactions, and tells a database that is away from a mistake of ours. */
final class Transactions {
    private static final Logger LOG = Logger.getLogger(Transactions.class);
    // A caller is told within seconds that the store is away, rather than kept waiting for it.
    private static final int SECONDS = 10;

    private static final int MOST_CAUSES = 20;

    private Transactions() {}

    static <T> T read(Supplier<T> work) {
        return run(work);
    }

    /** Everything that the work reads is as it was at one moment. */
    static <T> T readAtOneMoment(Supplier<T> work) {
        return run(() -> {
            Panache.getEntityManager()
                    .createNativeQuery("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                    .executeUpdate();
            return work.get();
        });
    }

    static <T> T write(Supplier<T> work) {
        return run(work);
    }

    private static <T> T run(Supplier<T> work) {
        Callable<T> callable = work::get;
        Reachability reachability = Arc.container().instance(Reachability.class).get();
        Arc.container().instance(Schema.class).get().require();
        reachability.require();
        try {
            T done = QuarkusTransaction.requiringNew().timeout(SECONDS).call(callable);
            reachability.reached();
            return done;
        } catch (RuntimeException failed) {
            if (isOfTheWorld(failed)) {
                reachability.failed(failed);
                throw away(failed);
            }
            throw failed;
        }
    }

    static FailureException away(RuntimeException failed) {
        LOG.debug("the database did not do it", failed);
        return new FailureException(new Failure.Unavailable("The store does not answer; try again later"));
    }

    // A commit that failed tells why beside its causes.
    static Stream<Throwable> causes(Throwable failed) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .flatMap(cause -> Stream.concat(Stream.of(cause), Stream.of(cause.getSuppressed())))
                .flatMap(cause -> Stream.iterate(cause, each -> each != null, Throwable::getCause)
                        .limit(MOST_CAUSES));
    }

    static boolean isOfTheWorld(Throwable failed) {
        return causes(failed).anyMatch(cause -> cause instanceof SQLException refused && isOfTheWorld(refused));
    }

    // By SQLSTATE class; a state that is absent comes from the pool, which waited in vain for a connection.
    private static boolean isOfTheWorld(SQLException refused) {
        String state = refused.getSQLState();
        if (state == null) {
            return true;
        }
        return state.startsWith("08") // no connection
                || state.startsWith("53") // out of resources
                || state.startsWith("57") // shut down, or cancelled for time
                || state.startsWith("40") // rolled back
                || state.equals("55P03") // lock not had in time
                || state.equals("25006"); // a standby, after a failover
    }
}
