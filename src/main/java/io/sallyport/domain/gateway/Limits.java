package io.sallyport.domain.gateway;

import java.time.Duration;
import java.util.List;

/**
 * Bounds on flows.
 *
 * @param maxFlowDuration how long any flow may last, 1 second at least; at most one, no bound without
 * @param idleTimeout after how long without a byte a flow ends, 1 second at least
 * @param maxConnections how many connections a listener holds at once in one proxy, 1 at least; at most one, no bound
 *     without
 */
public record Limits(List<Duration> maxFlowDuration, Duration idleTimeout, List<Integer> maxConnections) {
    public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    public static final Limits DEFAULT = new Limits(List.of(), DEFAULT_IDLE_TIMEOUT, List.of());

    public Limits {
        maxFlowDuration = List.copyOf(maxFlowDuration);
        maxConnections = List.copyOf(maxConnections);
        if (maxFlowDuration.size() > 1 || maxConnections.size() > 1) {
            throw new IllegalArgumentException("a limit is given once");
        }
        if (idleTimeout.compareTo(SHORTEST) < 0
                || maxFlowDuration.stream().anyMatch(longest -> longest.compareTo(SHORTEST) < 0)) {
            throw new IllegalArgumentException("a flow may last for 1s at least");
        }
        if (maxConnections.stream().anyMatch(most -> most < 1)) {
            throw new IllegalArgumentException("maxConnections is 1 at least");
        }
    }
}
