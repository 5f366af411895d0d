package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.route.RouteTimeouts;
import io.sallyport.rest.json.Violations.Reason;
import java.time.Duration;
import java.util.Optional;

/** How long things may take, in JSON (Gateway API, HTTPRouteTimeouts); 0s is without end. */
final class RouteTimeoutsJson {
    private static final Duration LONGEST = Duration.ofHours(99_999);

    private RouteTimeoutsJson() {}

    static Optional<RouteTimeouts> read(Place place) {
        Fields fields = place.fields("request", "backendRequest", "idle");
        Optional<Duration> request = timeout(fields, "request");
        Optional<Duration> backendRequest = timeout(fields, "backendRequest");
        Optional<Duration> idle = timeout(fields, "idle");
        request.ifPresent(whole -> backendRequest.ifPresent(part -> {
            if (!whole.isZero() && part.compareTo(whole) > 0) {
                place.child("backendRequest")
                        .report(
                                Reason.CONTRADICTION,
                                "It is a part of 'request' and cannot be longer: shorten it, or lengthen 'request'.");
            }
        }));
        return fields.build(
                () -> new RouteTimeouts(request.orElseThrow(), backendRequest.orElseThrow(), idle.orElseThrow()));
    }

    private static Optional<Duration> timeout(Fields fields, String name) {
        return fields.defaulted(name, Duration.ZERO, DurationJson.between(Duration.ZERO, LONGEST));
    }

    static ObjectNode write(RouteTimeouts timeouts) {
        ObjectNode result = Tree.object();
        put(result, "request", timeouts.request());
        put(result, "backendRequest", timeouts.backendRequest());
        put(result, "idle", timeouts.idle());
        return result;
    }

    private static void put(ObjectNode result, String name, Duration timeout) {
        if (!timeout.isZero()) {
            result.put(name, DurationJson.text(timeout));
        }
    }
}
