package io.sallyport.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An OpenAPI document (3.1), and what its references lead to. */
record ApiContract(JsonNode tree) {
    static final Path CURRENT = Path.of("openapi", "openapi.yaml");
    static final Path PUBLISHED = Path.of("openapi", "published", "openapi.yaml");

    static ApiContract read(Path file) {
        try {
            return new ApiContract(new YAMLMapper().readTree(Files.readString(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    JsonNode paths() {
        return tree.path("paths");
    }

    /** What is meant, whether it stands there or is referred to. */
    JsonNode resolved(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        JsonNode found = tree.at(node.path("$ref").asText().substring(1));
        if (found.isMissingNode()) {
            throw new IllegalStateException("The contract refers to " + node.path("$ref") + ", which is not in it");
        }
        return resolved(found);
    }

    /** The name of a type, or nothing where it has none. */
    static String nameOf(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    /** A schema with all that it is composed of. */
    JsonNode whole(JsonNode schema) {
        JsonNode resolved = resolved(schema);
        if (!resolved.has("allOf")) {
            return resolved;
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        resolved.path("allOf").forEach(part -> join(whole, whole(part)));
        join(whole, resolved);
        whole.remove("allOf");
        return whole;
    }

    private static void join(ObjectNode whole, JsonNode part) {
        part.properties().forEach(field -> {
            JsonNode there = whole.path(field.getKey());
            if (field.getKey().equals("properties") && there instanceof ObjectNode properties) {
                field.getValue().properties().forEach(one -> properties.set(one.getKey(), one.getValue()));
            } else if (field.getKey().equals("required") && there instanceof ArrayNode required) {
                field.getValue().forEach(required::add);
            } else {
                whole.set(field.getKey(), field.getValue().deepCopy());
            }
        });
    }
}
