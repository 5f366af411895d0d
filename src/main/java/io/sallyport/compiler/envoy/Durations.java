package io.sallyport.compiler.envoy;

import com.google.protobuf.Duration;

/** Durations in Envoy's form. */
final class Durations {
    private Durations() {}

    static Duration of(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
