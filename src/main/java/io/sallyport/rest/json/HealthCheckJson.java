package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.HealthCheck.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** How endpoints are asked whether they are well, in JSON. */
final class HealthCheckJson {
    private static final SequencedMap<String, Kind> PROTOCOLS = Choices.of(Kind.values(), Kind::name);
    // A path and query of RFC 3986.
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^#\"<>\\\\^`{|}]]{0,2047}");
    private static final Duration LONGEST = Duration.ofHours(24);

    private HealthCheckJson() {}

    static Optional<HealthCheck> read(Place place) {
        Fields fields =
                place.fields("protocol", "path", "interval", "timeout", "healthyThreshold", "unhealthyThreshold");
        Optional<Kind> protocol = fields.required("protocol", item -> item.oneOf(PROTOCOLS));
        Optional<String> path = fields.optional("path", item -> item.parsed(HealthCheckJson::path));
        Optional<Duration> interval = fields.optional("interval", DurationJson.between(Duration.ofSeconds(1), LONGEST));
        Optional<Duration> timeout = fields.optional("timeout", DurationJson.between(Duration.ofMillis(1), LONGEST));
        Optional<Integer> healthy = fields.optional("healthyThreshold", HealthCheckJson::threshold);
        Optional<Integer> unhealthy = fields.optional("unhealthyThreshold", HealthCheckJson::threshold);
        protocol.ifPresent(known -> {
            switch (known) {
                case HTTP ->
                    fields.needed("path", "A health check of protocol HTTP asks for a path, /healthz for example.");
                case TCP, GRPC -> fields.refused("path", "A path belongs to a health check of protocol HTTP.");
            }
        });
        return fields.build(() -> new HealthCheck(
                protocol.orElseThrow(),
                path.orElse(""),
                interval.orElse(HealthCheck.DEFAULT_INTERVAL),
                timeout.orElse(HealthCheck.DEFAULT_TIMEOUT),
                healthy.orElse(HealthCheck.DEFAULT_HEALTHY_THRESHOLD),
                unhealthy.orElse(HealthCheck.DEFAULT_UNHEALTHY_THRESHOLD)));
    }

    private static Optional<Integer> threshold(Place place) {
        return place.integer(1, 1000);
    }

    private static String path(String text) {
        if (!PATH.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a path: begin with /, without spaces, and escape what a URI cannot hold"
                            .formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    static ObjectNode write(HealthCheck check) {
        ObjectNode result = Tree.object().put("protocol", check.kind().name());
        if (!check.path().isEmpty()) {
            result.put("path", check.path());
        }
        return result.put("interval", DurationJson.text(check.interval()))
                .put("timeout", DurationJson.text(check.timeout()))
                .put("healthyThreshold", check.healthyThreshold())
                .put("unhealthyThreshold", check.unhealthyThreshold());
    }
}
