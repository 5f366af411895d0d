package io.sallyport.domain.gateway;

import java.time.Duration;

/** What a gateway does while it is cut off from every control plane. */
public sealed interface ControlPlaneLoss {

    /** Goes on with what it has. */
    record Keep() implements ControlPlaneLoss {}

    /**
     * Refuses everything by itself, until it is told again that its policy holds.
     *
     * @param after for how long it is patient: 2 seconds to 7 days
     */
    record Lapse(Duration after) implements ControlPlaneLoss {
        public static final Duration SHORTEST = Duration.ofSeconds(2);
        public static final Duration LONGEST = Duration.ofDays(7);

        public Lapse {
            if (after.compareTo(SHORTEST) < 0 || after.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("after %s is out of range: use 2s to 168h".formatted(after));
            }
        }
    }
}
