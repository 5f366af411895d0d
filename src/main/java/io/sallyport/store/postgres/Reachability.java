package io.sallyport.store.postgres;

import io.quarkus.arc.Unremovable;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a moment that no connection was to be had, so that the many who ask meanwhile are told at once, and the
 * database, when it is back, is met by a few.
 */
@Singleton
@Unremovable
final class Reachability {
    private static final long MOMENT = Duration.ofMillis(300).toNanos();
    // Nobody listens there, it starts or stops, or takes no more clients.
    private static final Set<String> REFUSALS = Set.of("08001", "57P03", "53300");

    private volatile long failedAt = System.nanoTime() - MOMENT;

    /** Throws {@code Unavailable} where somebody asked in vain a moment ago. */
    void require() {
        if (System.nanoTime() - failedAt < MOMENT) {
            throw new FailureException(new Failure.Unavailable("The store does not answer; try again later"));
        }
    }

    void reached() {
        failedAt = System.nanoTime() - MOMENT;
    }

    /** Counts only where it was for want of a connection. */
    void failed(Throwable reason) {
        boolean isUnreachable = Transactions.causes(reason)
                .anyMatch(cause -> cause instanceof SQLException refused && isRefusal(refused.getSQLState()));
        if (isUnreachable) {
            failedAt = System.nanoTime();
        }
    }

    // The pool, which waited in vain, gives no state.
    private static boolean isRefusal(@Nullable String state) {
        return state == null || REFUSALS.contains(state);
    }
}
