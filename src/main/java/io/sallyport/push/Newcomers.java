package io.sallyport.push;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * Keeps a herd of new streams from delaying those that are served: who is new takes his turns on half of the processors at
 * most, first come, first served, while changes go out on the rest.
 */
@Singleton
public final class Newcomers {
    private final Semaphore places =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /** Runs it when there is a place; to be called on a virtual thread, by who holds no other. */
    public void run(Runnable turn) {
        places.acquireUninterruptibly();
        try {
            turn.run();
        } finally {
            places.release();
        }
    }
}
