package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.gateway.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Bounds on flows in JSON. */
final class LimitsJson {
    // What Gateway API can write in one unit of hours.
    private static final Function<Place, Optional<Duration>> OF_A_FLOW =
            DurationJson.between(Duration.ofSeconds(1), Duration.ofHours(99_999));

    private LimitsJson() {}

    static Optional<Limits> read(Place place) {
        Fields fields = place.fields("maxFlowDuration", "idleTimeout", "maxConnections");
        Optional<Duration> maxFlowDuration = fields.optional("maxFlowDuration", OF_A_FLOW);
        Optional<Duration> idleTimeout = fields.optional("idleTimeout", OF_A_FLOW);
        Optional<Integer> maxConnections =
                fields.optional("maxConnections", item -> item.integer(1, Integer.MAX_VALUE));
        return fields.build(() -> new Limits(
                maxFlowDuration.stream().toList(),
                idleTimeout.orElse(Limits.DEFAULT_IDLE_TIMEOUT),
                maxConnections.stream().toList()));
    }

    static ObjectNode write(Limits limits) {
        ObjectNode result = Tree.object();
        limits.maxFlowDuration().forEach(longest -> result.put("maxFlowDuration", DurationJson.text(longest)));
        result.put("idleTimeout", DurationJson.text(limits.idleTimeout()));
        limits.maxConnections().forEach(most -> result.put("maxConnections", most));
        return result;
    }
}
