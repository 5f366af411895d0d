package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sallyport.domain.Kind;
import io.sallyport.rest.json.EveryField.Document;
import io.sallyport.rest.json.EveryField.Mistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Specs that are sound but for one value, which is beyond what the contract says of its field. */
final class OutsideTheContract {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonNode CONTRACT = contract();

    private final Document document;
    private final List<Mistake> mistakes = new ArrayList<>();

    private OutsideTheContract(Document document) {
        this.document = document;
    }

    /** One for each bound, choice and needed field of each field of a kind. */
    static List<Mistake> of(Kind kind) {
        return EveryField.documents().stream()
                .filter(document -> document.kind() == kind)
                .flatMap(document -> new OutsideTheContract(document).mistakes().stream())
                .toList();
    }

    static JsonNode schema(Kind kind) {
        return CONTRACT.at("/components/schemas/" + kind.documentName() + "/properties/spec");
    }

    /** What it says, or what it refers to does. */
    static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref")
                ? resolved(CONTRACT.at(schema.path("$ref").asText().substring(1)))
                : schema;
    }

    private static JsonNode contract() {
        try {
            return new YAMLMapper().readTree(Files.readString(Path.of("openapi", "openapi.yaml")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<Mistake> mistakes() {
        collect(resolved(schema(document.kind())), document.spec(), "");
        return mistakes;
    }

    private void collect(JsonNode schema, JsonNode value, String pointer) {
        switch (value.getNodeType()) {
            case OBJECT -> object(schema, value, pointer);
            case ARRAY -> array(schema, (ArrayNode) value, pointer);
            case NUMBER -> number(schema, pointer);
            case STRING -> text(schema, pointer);
            case BOOLEAN, BINARY, POJO, NULL, MISSING -> {}
        }
    }

    private void object(JsonNode schema, JsonNode value, String pointer) {
        for (JsonNode name : schema.path("required")) {
            if (value.has(name.asText())) {
                ObjectNode without = value.deepCopy();
                without.remove(name.asText());
                add(pointer, without, pointer + "/" + name.asText(), "MissingField");
            }
        }
        value.propertyStream().forEach(field -> {
            JsonNode of = schema.path("properties").path(field.getKey());
            if (!of.isMissingNode()) {
                collect(resolved(of), field.getValue(), pointer + "/" + field.getKey());
            }
        });
    }

    private void array(JsonNode schema, ArrayNode value, String pointer) {
        if (schema.path("minItems").asInt() > 0) {
            add(pointer, NODES.arrayNode(), pointer, "MissingField");
        }
        if (schema.has("maxItems")) {
            ArrayNode more = NODES.arrayNode();
            for (int item = 0; item <= schema.path("maxItems").asInt(); item++) {
                more.add(value.get(0));
            }
            add(pointer, more, pointer, "OutOfRange");
        }
        for (int item = 0; item < value.size(); item++) {
            collect(resolved(schema.path("items")), value.get(item), pointer + "/" + item);
        }
    }

    private void number(JsonNode schema, String pointer) {
        for (String bound : List.of("minimum", "maximum")) {
            if (schema.has(bound)) {
                int beyond = schema.path(bound).asInt() + (bound.equals("minimum") ? -1 : 1);
                add(pointer, NODES.numberNode(beyond), pointer, "OutOfRange");
            }
        }
        if (schema.has("enum")) {
            add(pointer, NODES.numberNode(99), pointer, "OutOfRange");
        }
    }

    private void text(JsonNode schema, String pointer) {
        if (schema.has("enum")) {
            add(pointer, NODES.textNode("NoSuchValue"), pointer, "UnknownValue");
        } else if (schema.has("pattern")) {
            add(pointer, NODES.textNode("\u00e9 \n"), pointer, "Malformed");
        } else if (schema.has("maxLength")) {
            add(
                    pointer,
                    NODES.textNode("/" + "a".repeat(schema.path("maxLength").asInt())),
                    pointer,
                    "OutOfRange");
        }
    }

    private void add(String at, JsonNode value, String pointer, String reason) {
        mistakes.add(new Mistake(document.kind(), EveryField.with(document.spec(), at, value), pointer, reason));
    }
}
