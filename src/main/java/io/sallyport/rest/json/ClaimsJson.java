package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.rest.json.Violations.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The claims of a token that is asked about, in JSON. */
final class ClaimsJson {
    private ClaimsJson() {}

    static Optional<Map<String, Object>> read(Place place) {
        if (!place.value().isObject()) {
            place.report(Reason.WRONG_TYPE, "Expected an object, the claims by their names.");
            return Optional.empty();
        }
        return Optional.of(object(place.value()));
    }

    // What is null is not told from what is not there.
    private static Map<String, Object> object(JsonNode node) {
        Map<String, Object> values = new HashMap<>();
        node.properties()
                .forEach(field -> value(field.getValue()).ifPresent(value -> values.put(field.getKey(), value)));
        return Map.copyOf(values);
    }

    private static List<Object> list(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .flatMap(item -> value(item).stream())
                .toList();
    }

    private static Optional<Object> value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT, POJO -> Optional.of(object(node));
            case ARRAY -> Optional.of(list(node));
            case STRING, BINARY -> Optional.of(node.asText());
            case NUMBER -> Optional.of(node.doubleValue());
            case BOOLEAN -> Optional.of(node.booleanValue());
            case NULL, MISSING -> Optional.empty();
        };
    }
}
