package io.sallyport.domain.destination;

import java.time.Duration;

/**
 * When an endpoint that fails is left out for a while.
 *
 * @param consecutiveErrors failures in a row, of the endpoint (5xx) or on the way to it, 1 at least
 * @param interval how often endpoints are looked at
 * @param baseEjectionTime for how long it is left out, times how often it was before
 * @param maxEjectionPercent how many endpoints may be left out at once, 0 to 100; one may be in any case
 */
public record OutlierDetection(
        int consecutiveErrors, Duration interval, Duration baseEjectionTime, int maxEjectionPercent) {
    public static final OutlierDetection DEFAULT =
            new OutlierDetection(5, Duration.ofSeconds(10), Duration.ofSeconds(30), 10);

    public OutlierDetection {
        if (consecutiveErrors < 1 || !interval.isPositive() || !baseEjectionTime.isPositive()) {
            throw new IllegalArgumentException("outlierDetection needs at least one error and times above 0s");
        }
        if (maxEjectionPercent < 0 || maxEjectionPercent > 100) {
            throw new IllegalArgumentException(
                    "maxEjectionPercent %d is out of range: use 0 to 100".formatted(maxEjectionPercent));
        }
    }
}
