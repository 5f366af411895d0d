package io.sallyport.local.replicas;

import java.time.Duration;

/** Waiting, for all threads of the trial. */
final class Wait {
    private Wait() {}

    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", interrupted);
        }
    }
}
