package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.destination.OutlierDetection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** When an endpoint that fails is left out, in JSON. */
final class OutlierDetectionJson {
    private static final Function<Place, Optional<Duration>> TIME =
            DurationJson.between(Duration.ofMillis(1), Duration.ofHours(24));

    private OutlierDetectionJson() {}

    static Optional<OutlierDetection> read(Place place) {
        Fields fields = place.fields("consecutiveErrors", "interval", "baseEjectionTime", "maxEjectionPercent");
        OutlierDetection defaults = OutlierDetection.DEFAULT;
        Optional<Integer> errors = fields.optional("consecutiveErrors", item -> item.integer(1, Integer.MAX_VALUE));
        Optional<Duration> interval = fields.optional("interval", TIME);
        Optional<Duration> ejection = fields.optional("baseEjectionTime", TIME);
        Optional<Integer> percent = fields.optional("maxEjectionPercent", item -> item.integer(0, 100));
        return fields.build(() -> new OutlierDetection(
                errors.orElse(defaults.consecutiveErrors()),
                interval.orElse(defaults.interval()),
                ejection.orElse(defaults.baseEjectionTime()),
                percent.orElse(defaults.maxEjectionPercent())));
    }

    static ObjectNode write(OutlierDetection detection) {
        return Tree.object()
                .put("consecutiveErrors", detection.consecutiveErrors())
                .put("interval", DurationJson.text(detection.interval()))
                .put("baseEjectionTime", DurationJson.text(detection.baseEjectionTime()))
                .put("maxEjectionPercent", detection.maxEjectionPercent());
    }
}
