package io.sallyport.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.StreamSupport;

/** How a schema breaks those who kept to an earlier one. Named types are compared once, and told by their names. */
final class SchemaBreaks {
    // By how much more a value of the limit lets pass.
    private static final Map<String, Integer> LIMITS = Map.ofEntries(
            Map.entry("maximum", 1),
            Map.entry("exclusiveMaximum", 1),
            Map.entry("maxLength", 1),
            Map.entry("maxItems", 1),
            Map.entry("maxProperties", 1),
            Map.entry("minimum", -1),
            Map.entry("exclusiveMinimum", -1),
            Map.entry("minLength", -1),
            Map.entry("minItems", -1),
            Map.entry("minProperties", -1));

    private final ApiContract published;
    private final ApiContract current;
    private final SortedSet<String> found;
    private final Set<String> seen = new HashSet<>();

    SchemaBreaks(ApiContract published, ApiContract current, SortedSet<String> found) {
        this.published = published;
        this.current = current;
        this.found = found;
    }

    void compare(String place, Direction direction, JsonNode before, JsonNode after) {
        String name = ApiContract.nameOf(before);
        if (!name.equals(ApiContract.nameOf(after)) && !name.isEmpty()) {
            tell(place, direction, "type %s is now %s".formatted(name, named(after)));
        }
        if (name.isEmpty()) {
            compareWhole(place, direction, before, after);
        } else if (seen.add(direction + " " + name + " " + ApiContract.nameOf(after))) {
            compareWhole(name, direction, before, after);
        }
    }

    private static String named(JsonNode schema) {
        String name = ApiContract.nameOf(schema);
        return name.isEmpty() ? "without a name" : name;
    }

    private void compareWhole(String place, Direction direction, JsonNode before, JsonNode after) {
        JsonNode old = published.whole(before);
        JsonNode now = current.whole(after);
        types(place, direction, old, now);
        choices(place, direction, words(old), words(now), "the value");
        switch (direction) {
            case SENT -> limits(place, old, now);
            case ANSWERED -> {}
        }
        fixed(place, direction, old, now);
        fields(place, direction, old, now);
        required(place, direction, texts(old.path("required")), texts(now.path("required")));
        if (old.has("items") && now.has("items")) {
            compare(place + "[]", direction, old.path("items"), now.path("items"));
        }
        alternatives(place, direction, old, now);
    }

    private void types(String place, Direction direction, JsonNode old, JsonNode now) {
        Set<String> before = texts(old.path("type"));
        Set<String> after = texts(now.path("type"));
        if (!before.equals(after)) {
            tell(place, direction, "type %s is now %s".formatted(before, after));
        }
    }

    private static Set<String> words(JsonNode schema) {
        return schema.has("const") ? Set.of(schema.path("const").asText()) : texts(schema.path("enum"));
    }

    // None at all is every one.
    private void choices(String place, Direction direction, Set<String> old, Set<String> now, String what) {
        Set<String> narrow = direction == Direction.SENT ? old : now;
        Set<String> wide = direction == Direction.SENT ? now : old;
        if (narrow.isEmpty() && !wide.isEmpty()) {
            tell(
                    place,
                    direction,
                    direction == Direction.SENT
                            ? "%s is now one of %s".formatted(what, wide)
                            : "%s is no longer one of %s".formatted(what, wide));
        }
        narrow.stream()
                .filter(choice -> !wide.isEmpty() && !wide.contains(choice))
                .forEach(choice -> tell(
                        place,
                        direction,
                        direction == Direction.SENT
                                ? "%s %s is no longer taken".formatted(what, choice)
                                : "%s %s is new".formatted(what, choice)));
    }

    private void limits(String place, JsonNode old, JsonNode now) {
        LIMITS.forEach((limit, wider) -> {
            double room = wider * now.path(limit).asDouble();
            if (now.has(limit)
                    && (!old.has(limit) || room < wider * old.path(limit).asDouble())) {
                tell(place, Direction.SENT, "%s %s is now %s".formatted(limit, old.path(limit), now.path(limit)));
            }
        });
    }

    // Of these nobody can tell which is the wider one, but that none is.
    private void fixed(String place, Direction direction, JsonNode old, JsonNode now) {
        for (String keyword : List.of("pattern", "format", "multipleOf", "uniqueItems")) {
            JsonNode wide = direction == Direction.SENT ? now.path(keyword) : old.path(keyword);
            if (!wide.isMissingNode() && !old.path(keyword).equals(now.path(keyword))) {
                tell(place, direction, "%s %s is now %s".formatted(keyword, old.path(keyword), now.path(keyword)));
            }
        }
    }

    private void fields(String place, Direction direction, JsonNode old, JsonNode now) {
        old.path("properties").properties().forEach(field -> {
            JsonNode after = now.path("properties").path(field.getKey());
            String below = place + "." + field.getKey();
            if (after.isMissingNode()) {
                tell(below, direction, "is gone");
            } else {
                compare(below, direction, field.getValue(), after);
            }
        });
        JsonNode otherThen = old.path("additionalProperties");
        JsonNode otherNow = now.path("additionalProperties");
        if (otherThen.isObject() && otherNow.isObject()) {
            compare(place + ".*", direction, otherThen, otherNow);
        } else if (direction == Direction.SENT
                && otherNow.isBoolean()
                && !otherNow.asBoolean()
                && !otherThen.equals(otherNow)) {
            tell(place, direction, "other fields are no longer taken");
        }
    }

    private void required(String place, Direction direction, Set<String> old, Set<String> now) {
        Set<String> more = new LinkedHashSet<>(direction == Direction.SENT ? now : old);
        more.removeAll(direction == Direction.SENT ? old : now);
        more.forEach(field -> tell(
                place + "." + field, direction, direction == Direction.SENT ? "is now required" : "may now be absent"));
    }

    private void alternatives(String place, Direction direction, JsonNode old, JsonNode now) {
        for (String keyword : List.of("oneOf", "anyOf")) {
            choices(place, direction, alternatives(old.path(keyword)), alternatives(now.path(keyword)), "a");
            for (JsonNode before : old.path(keyword)) {
                for (JsonNode after : now.path(keyword)) {
                    if (alternative(before).equals(alternative(after))) {
                        compare(place + "|" + alternative(before), direction, before, after);
                    }
                }
            }
        }
    }

    private static Set<String> alternatives(JsonNode list) {
        Set<String> names = new LinkedHashSet<>();
        list.forEach(choice -> names.add(alternative(choice)));
        return names;
    }

    private static String alternative(JsonNode choice) {
        String name = ApiContract.nameOf(choice);
        return name.isEmpty() ? choice.path("type").asText() : name;
    }

    private static Set<String> texts(JsonNode node) {
        if (node.isTextual()) {
            return Set.of(node.asText());
        }
        Set<String> texts = new LinkedHashSet<>();
        StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).forEach(texts::add);
        return texts;
    }

    private void tell(String place, Direction direction, String what) {
        found.add("%s, %s: %s".formatted(place, direction == Direction.SENT ? "sent" : "answered", what));
    }
}
