package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Specs that together have every field of every kind, and what becomes of them when one is spoilt. */
public final class EveryField {
    private static final String STRANGER = "noSuchField";

    private EveryField() {}

    /** A spec, whole. */
    public record Document(Kind kind, JsonNode spec) {
        @Override
        public String toString() {
            return kind + " " + spec;
        }
    }

    /** A spec with one mistake in it, and what is to be said of that. */
    public record Mistake(Kind kind, JsonNode spec, String pointer, String reason) {
        @Override
        public String toString() {
            return "%s %s %s".formatted(kind.documentName(), pointer, reason);
        }
    }

    public static List<Document> documents() {
        return parse("/rest/every-field.yaml").stream()
                .map(document -> new Document(Kind.valueOf(document.path("kind").asText()), document.path("spec")))
                .toList();
    }

    /** One for each field and each entry of a list: a value of another type, or a field that nobody knows. */
    public static List<Mistake> mistakes() {
        List<Mistake> all = new ArrayList<>();
        documents().forEach(document -> collect(document, document.spec(), "", all));
        return all;
    }

    /** Those that were thought of one by one: out of range, malformed, and what cannot hold together. */
    public static List<Mistake> contradictions() {
        return parse("/rest/contradictions.yaml").stream()
                .map(one -> new Mistake(
                        Kind.valueOf(one.path("kind").asText()),
                        one.path("spec"),
                        one.path("pointer").asText(),
                        one.path("reason").asText()))
                .toList();
    }

    private static List<JsonNode> parse(String resource) {
        try (InputStream yaml = EveryField.class.getResourceAsStream(resource)) {
            return Documents.many(yaml.readAllBytes(), Format.YAML);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void collect(Document document, JsonNode node, String pointer, List<Mistake> all) {
        if (pointer.endsWith("/jwks")) {
            return;
        }
        if (!pointer.isEmpty()) {
            all.add(new Mistake(document.kind(), with(document.spec(), pointer, wrong(node)), pointer, "WrongType"));
        }
        if (node.isObject() && !isMap(pointer)) {
            String stranger = pointer + "/" + STRANGER;
            JsonNode spec = with(document.spec(), stranger, JsonNodeFactory.instance.numberNode(1));
            all.add(new Mistake(document.kind(), spec, stranger, "UnknownField"));
        }
        children(node).forEach(name -> collect(document, node.at("/" + name), pointer + "/" + name, all));
    }

    // Labels and headers have the keys that their writer chooses.
    private static boolean isMap(String pointer) {
        return pointer.endsWith("/labels") || pointer.endsWith("/matchLabels") || pointer.endsWith("/set");
    }

    private static Stream<String> children(JsonNode node) {
        return node.isArray()
                ? IntStream.range(0, node.size()).mapToObj(Integer::toString)
                : node.propertyStream().map(Map.Entry::getKey);
    }

    private static JsonNode wrong(JsonNode node) {
        return node.isTextual() ? JsonNodeFactory.instance.objectNode() : JsonNodeFactory.instance.textNode("wrong");
    }

    static JsonNode with(JsonNode spec, String pointer, JsonNode value) {
        if (pointer.isEmpty()) {
            return value;
        }
        JsonNode copy = spec.deepCopy();
        int slash = pointer.lastIndexOf('/');
        String name = pointer.substring(slash + 1);
        switch (copy.at(pointer.substring(0, slash))) {
            case ObjectNode object -> object.set(name, value);
            case ArrayNode array -> array.set(Integer.parseInt(name), value);
            case JsonNode other -> throw new IllegalArgumentException(pointer + " is within " + other);
        }
        return copy;
    }
}
