package io.sallyport.domain.rollout;

import java.time.Duration;

/**
 * What must be seen of a cohort.
 *
 * @param effectivePercentage how many of a hundred of its agents decide by the change, 1 to 100
 * @param maxRejected how many of its agents may refuse something of the change
 * @param soak for how long that must then stay so, zero to 7 days
 * @param timeout how long it may take until it is so, 1 second to 7 days
 */
public record RolloutGates(int effectivePercentage, int maxRejected, Duration soak, Duration timeout) {
    public static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    public static final Duration LONGEST = Duration.ofDays(7);
    public static final int MOST_REJECTED = 100_000;
    public static final RolloutGates DEFAULT = new RolloutGates(100, 0, Duration.ZERO, Duration.ofMinutes(10));

    public RolloutGates {
        if (effectivePercentage < 1 || effectivePercentage > 100 || maxRejected < 0 || maxRejected > MOST_REJECTED) {
            throw new IllegalArgumentException("effectivePercentage is 1 to 100, and maxRejected 0 to 100000");
        }
        if (soak.isNegative() || soak.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("soak is 0s to 168h");
        }
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout is 1s to 168h");
        }
    }
}
