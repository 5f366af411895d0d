package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Some fields of a document: {@code metadata.name,spec.ports.number}. A path goes through lists, and what it leads to is
 * there whole. Fields that a document does not have are left out.
 *
 * @param children by name; without any, all below is there
 */
public record Projection(SequencedMap<String, Projection> children) {
    /** Everything. */
    public static final Projection ALL = new Projection(new LinkedHashMap<>());

    private static final List<String> TOPS = List.of("apiVersion", "kind", "metadata", "spec", "status");
    private static final Pattern PATH = Pattern.compile("[^.\\s]+(\\.[^.\\s]+){0,15}");

    /** Throws IllegalArgumentException, which says what is wrong. */
    public static Projection parse(String text) {
        Paths paths = new Paths();
        for (String path : text.split(",", -1)) {
            if (!PATH.matcher(path).matches() || !TOPS.contains(path.split("\\.", 2)[0])) {
                throw new IllegalArgumentException(
                        "'%s' is no path to a field: use names with dots between them, the first of which is %s"
                                .formatted(Suggestion.shortened(path), String.join(", ", TOPS)));
            }
            paths.add(Arrays.asList(path.split("\\.")));
        }
        return paths.projection();
    }

    public ObjectNode of(ObjectNode document) {
        return (ObjectNode) of((JsonNode) document);
    }

    private JsonNode of(JsonNode value) {
        if (children.isEmpty()) {
            return value;
        }
        if (value.isArray()) {
            return Tree.array(StreamSupport.stream(value.spliterator(), false)
                    .map(this::of)
                    .toList());
        }
        ObjectNode result = Tree.object();
        for (var field : value.properties()) {
            Projection child = children.get(field.getKey());
            if (child != null) {
                result.set(field.getKey(), child.of(field.getValue()));
            }
        }
        return result;
    }

    /** Grows while paths are read; a path that ends makes those that go on below it needless. */
    private static final class Paths {
        private final SequencedMap<String, Paths> children = new LinkedHashMap<>();
        private boolean isWhole;

        void add(List<String> path) {
            if (path.isEmpty()) {
                isWhole = true;
            } else {
                children.computeIfAbsent(path.getFirst(), unseen -> new Paths()).add(path.subList(1, path.size()));
            }
        }

        Projection projection() {
            SequencedMap<String, Projection> all = new LinkedHashMap<>();
            if (!isWhole) {
                for (Map.Entry<String, Paths> child : children.entrySet()) {
                    all.put(child.getKey(), child.getValue().projection());
                }
            }
            return new Projection(all);
        }
    }
}
