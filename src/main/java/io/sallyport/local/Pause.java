package io.sallyport.local;

import java.time.Duration;

/** The wait between two looks at something that takes a moment. */
final class Pause {

    private Pause() {}

    static void briefly() {
        of(Duration.ofMillis(50));
    }

    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
