package io.sallyport.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a contract takes from those who built on an earlier one, each as a sentence: operations, parameters, bodies,
 * answers and headers, and the names that generated clients give to methods and types.
 */
final class Breaks {
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete", "head", "options");

    private final ApiContract published;
    private final ApiContract current;
    private final SortedSet<String> found = new TreeSet<>();
    private final SchemaBreaks schemas;

    private Breaks(ApiContract published, ApiContract current) {
        this.published = published;
        this.current = current;
        this.schemas = new SchemaBreaks(published, current, found);
    }

    static SortedSet<String> between(ApiContract published, ApiContract current) {
        Breaks breaks = new Breaks(published, current);
        published
                .paths()
                .properties()
                .forEach(path -> METHODS.forEach(method -> {
                    JsonNode old = path.getValue().path(method);
                    if (!old.isMissingNode()) {
                        breaks.operation(
                                old,
                                current.paths().path(path.getKey()).path(method),
                                method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return breaks.found;
    }

    private void operation(JsonNode old, JsonNode now, String place) {
        if (now.isMissingNode()) {
            found.add(place + ": is gone");
            return;
        }
        for (String keyword : List.of("operationId", "tags", "security")) {
            if (!old.path(keyword).equals(now.path(keyword))) {
                found.add("%s: %s %s is now %s".formatted(place, keyword, old.path(keyword), now.path(keyword)));
            }
        }
        parameters(place, parameters(published, old), parameters(current, now));
        body(place, published.resolved(old.path("requestBody")), current.resolved(now.path("requestBody")));
        old.path("responses")
                .properties()
                .forEach(answer -> answer(
                        place + " " + answer.getKey(),
                        answer.getValue(),
                        now.path("responses").path(answer.getKey())));
        now.path("responses").fieldNames().forEachRemaining(status -> {
            if (status.startsWith("2") && !old.path("responses").has(status)) {
                found.add("%s %s: is new".formatted(place, status));
            }
        });
    }

    private static Map<String, JsonNode> parameters(ApiContract contract, JsonNode operation) {
        Map<String, JsonNode> parameters = new TreeMap<>();
        operation.path("parameters").forEach(one -> {
            JsonNode parameter = contract.resolved(one);
            parameters.put(
                    parameter.path("in").asText() + " " + parameter.path("name").asText(), parameter);
        });
        return parameters;
    }

    private void parameters(String place, Map<String, JsonNode> old, Map<String, JsonNode> now) {
        old.forEach((name, before) -> {
            JsonNode after = now.get(name);
            if (after == null) {
                found.add("%s %s: is gone".formatted(place, name));
            } else {
                schemas.compare(place + " " + name, Direction.SENT, before.path("schema"), after.path("schema"));
            }
        });
        now.forEach((name, after) -> {
            JsonNode before = old.get(name);
            if (after.path("required").asBoolean()
                    && (before == null || !before.path("required").asBoolean())) {
                found.add("%s %s: is now required".formatted(place, name));
            }
        });
    }

    private void body(String place, JsonNode old, JsonNode now) {
        if (now.path("required").asBoolean() && !old.path("required").asBoolean()) {
            found.add(place + ": a body is now required");
        }
        media(place, Direction.SENT, old.path("content"), now.path("content"));
    }

    private void answer(String place, JsonNode before, JsonNode after) {
        if (after.isMissingNode()) {
            found.add(place + ": is gone");
            return;
        }
        JsonNode old = published.resolved(before);
        JsonNode now = current.resolved(after);
        old.path("headers").fieldNames().forEachRemaining(header -> {
            if (!now.path("headers").has(header)) {
                found.add("%s %s: is gone".formatted(place, header));
            }
        });
        media(place, Direction.ANSWERED, old.path("content"), now.path("content"));
    }

    private void media(String place, Direction direction, JsonNode old, JsonNode now) {
        old.properties().forEach(media -> {
            JsonNode after = now.path(media.getKey());
            if (after.isMissingNode()) {
                found.add("%s %s: is gone".formatted(place, media.getKey()));
            } else {
                schemas.compare(place, direction, media.getValue().path("schema"), after.path("schema"));
            }
        });
    }
}
