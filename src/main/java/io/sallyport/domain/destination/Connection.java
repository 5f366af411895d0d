package io.sallyport.domain.destination;

import java.time.Duration;
import java.util.List;

/**
 * How a gateway connects to a destination, and how much it lets pile up there: each bound holds for one proxy and one
 * port. What is above a bound is refused at once (503).
 *
 * @param connectTimeout more than zero, 1 minute at most
 * @param maxConnections 1 at least
 * @param maxPendingRequests waiting for a connection, 0 at least
 * @param maxRequests at once, 1 at least
 * @param maxRetries at once, 0 at least
 * @param keepAlive TCP keep-alive probes; at most one, none without
 * @param maxConcurrentStreams of one HTTP/2 connection, 1 at least
 * @param idleTimeout after how long without a request an upstream connection is closed, 1 second at least
 */
public record Connection(
        Duration connectTimeout,
        int maxConnections,
        int maxPendingRequests,
        int maxRequests,
        int maxRetries,
        List<KeepAlive> keepAlive,
        int maxConcurrentStreams,
        Duration idleTimeout) {
    public static final Duration LONGEST_CONNECT = Duration.ofMinutes(1);
    public static final Connection DEFAULT =
            new Connection(Duration.ofSeconds(5), 1024, 1024, 1024, 3, List.of(), 100, Duration.ofHours(1));

    public Connection {
        keepAlive = List.copyOf(keepAlive);
        if (!connectTimeout.isPositive() || connectTimeout.compareTo(LONGEST_CONNECT) > 0) {
            throw new IllegalArgumentException(
                    "connectTimeout %s is out of range: use more than 0s, 1m at most".formatted(connectTimeout));
        }
        if (maxConnections < 1 || maxPendingRequests < 0 || maxRequests < 1 || maxRetries < 0) {
            throw new IllegalArgumentException("a bound of the circuit breaker is out of range");
        }
        if (keepAlive.size() > 1 || maxConcurrentStreams < 1 || idleTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a setting of the connection is out of range");
        }
    }

    /**
     * TCP keep-alive (RFC 9293, section 3.8.4).
     *
     * @param time how long a connection is idle before the first probe, 1 second to 9 hours
     * @param interval between probes, 1 second to 9 hours
     * @param probes how many go unanswered before the connection is dead, 1 to 127; Linux takes no more of either
     */
    public record KeepAlive(Duration time, Duration interval, int probes) {
        public static final Duration LONGEST = Duration.ofHours(9);
        public static final int MOST_PROBES = 127;
        /** As Linux has it. */
        public static final KeepAlive DEFAULT = new KeepAlive(Duration.ofHours(2), Duration.ofSeconds(75), 9);

        public KeepAlive {
            if (time.toSeconds() < 1 || interval.toSeconds() < 1 || probes < 1) {
                throw new IllegalArgumentException("keepAlive needs a time and interval of 1s and 1 probe at least");
            }
            if (time.compareTo(LONGEST) > 0 || interval.compareTo(LONGEST) > 0 || probes > MOST_PROBES) {
                throw new IllegalArgumentException("keepAlive takes a time and interval of 9h and 127 probes at most");
            }
        }
    }
}
