package io.sallyport.rest.json;

import java.time.Duration;
import java.util.Optional;

/** Durations outside of documents, in the form that documents have them. */
public final class Durations {
    private Durations() {}

    /** {@code 1h30m}, {@code 10s}; nothing where it is none. */
    public static Optional<Duration> parse(String text) {
        try {
            return Optional.of(DurationJson.parse(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
