package io.sallyport.domain.route;

import java.time.Duration;

/**
 * How long things may take; {@link Duration#ZERO} means without end.
 *
 * @param request from the whole request to the whole response, retries included
 * @param backendRequest one attempt, likewise
 * @param idle without a byte in either direction
 */
public record RouteTimeouts(Duration request, Duration backendRequest, Duration idle) {
    public static final RouteTimeouts NONE = new RouteTimeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public RouteTimeouts {
        if (request.isNegative() || backendRequest.isNegative() || idle.isNegative()) {
            throw new IllegalArgumentException("a timeout is not negative");
        }
        if (!request.isZero() && backendRequest.compareTo(request) > 0) {
            throw new IllegalArgumentException("backendRequest is not longer than request, of which it is a part");
        }
    }

    /** Whether any of them is about requests, and not only about connections. */
    public boolean isOfRequests() {
        return !(request.isZero() && backendRequest.isZero());
    }
}
