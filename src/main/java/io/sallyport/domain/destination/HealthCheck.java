package io.sallyport.domain.destination;

import io.sallyport.domain.destination.DestinationPort.Protocol;
import java.time.Duration;

/**
 * How a gateway asks endpoints whether they are well.
 *
 * @param path what an HTTP check asks for; empty for the others
 * @param interval between two checks, 1 second at least
 * @param timeout of one check, more than zero
 * @param healthyThreshold how many in a row make it well again, 1 at least
 * @param unhealthyThreshold how many in a row make it unwell, 1 at least
 */
public record HealthCheck(
        Kind kind, String path, Duration interval, Duration timeout, int healthyThreshold, int unhealthyThreshold) {
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);
    public static final int DEFAULT_HEALTHY_THRESHOLD = 1;
    public static final int DEFAULT_UNHEALTHY_THRESHOLD = 3;

    public HealthCheck {
        if ((kind == Kind.HTTP) == path.isEmpty()) {
            throw new IllegalArgumentException("a path belongs to a health check of HTTP, and to that alone");
        }
        if (interval.toSeconds() < 1 || !timeout.isPositive() || healthyThreshold < 1 || unhealthyThreshold < 1) {
            throw new IllegalArgumentException(
                    "a health check needs an interval of 1s, a timeout above 0s and thresholds of 1 at least");
        }
    }

    /** What is asked. */
    public enum Kind {
        /** GET, expecting 2xx. */
        HTTP,
        /** Whether a connection can be made. */
        TCP,
        /** {@code grpc.health.v1.Health}. */
        GRPC;

        /** Whether what is asked by is spoken at a port of this protocol. */
        public boolean suits(Protocol protocol) {
            return switch (this) {
                case TCP -> true;
                case HTTP -> protocol.isReachableByHttp();
                case GRPC -> protocol.isReachableByHttp() && protocol != Protocol.HTTP;
            };
        }
    }
}
