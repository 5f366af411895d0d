package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** What services that gateways ask about requests have alike, in JSON. */
final class ServiceJson {
    static final Duration USUAL_TIMEOUT = Duration.ofMillis(500);
    static final Function<Place, Optional<Duration>> TIMEOUT =
            DurationJson.between(Duration.ofMillis(1), Duration.ofMinutes(1));

    private static final SequencedMap<String, FailureMode> MODES =
            Choices.of(FailureMode.values(), Choices::capitalized);

    private ServiceJson() {}

    private enum FailureMode {
        CLOSED,
        OPEN
    }

    /** Whether a request passes where the service says nothing; it does not where nothing is written. */
    static Optional<Boolean> readFailOpen(Fields fields) {
        return fields.defaulted("failureMode", FailureMode.CLOSED, item -> item.oneOf(MODES))
                .map(FailureMode.OPEN::equals);
    }

    static ObjectNode write(ObjectNode service, Duration timeout, boolean failOpen) {
        return service.put("timeout", DurationJson.text(timeout)).put("failureMode", failOpen ? "Open" : "Closed");
    }
}
