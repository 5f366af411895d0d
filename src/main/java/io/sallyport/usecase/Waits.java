package io.sallyport.usecase;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Those who wait for something, each of whom takes a thread and looks again and again. Guards itself. */
final class Waits {
    /** At once, on this replica. */
    static final int MOST = 500;
    /** At once, of one caller. */
    static final int MOST_OF_CALLER = 20;

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Map<String, Integer> waiting = new HashMap<>();
    private int all;

    /** Runs it as one who waits; throws {@code Busy} where too many do. */
    <T> T run(String caller, Supplier<T> wait) {
        enter(caller);
        try {
            return wait.get();
        } finally {
            leave(caller);
        }
    }

    private synchronized void enter(String caller) {
        if (all >= MOST || waiting.getOrDefault(caller, 0) >= MOST_OF_CALLER) {
            throw new FailureException(new Failure.Busy(
                    "At most %d waits of one caller, and %d of all, go on at once at a replica: wait for one of them, or ask without a timeout."
                            .formatted(MOST_OF_CALLER, MOST),
                    RETRY));
        }
        all++;
        waiting.merge(caller, 1, Integer::sum);
    }

    private synchronized void leave(String caller) {
        all--;
        waiting.computeIfPresent(caller, (ignored, count) -> count > 1 ? count - 1 : null);
    }
}
