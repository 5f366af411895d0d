package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** How a change to a part of a document is written down. */
public enum PatchForm {
    /** What is to be otherwise, in the form of the document itself; null takes away (RFC 7396). */
    MERGE,
    /** Steps, one after another (RFC 6902). */
    STEPS;

    public static final String MERGE_TYPE = "application/merge-patch+json";
    public static final String STEPS_TYPE = "application/json-patch+json";

    public static PatchForm ofSubtype(String subtype) {
        return STEPS_TYPE.endsWith("/" + subtype) ? STEPS : MERGE;
    }

    /**
     * The document as it becomes. Throws a malformed document, {@code Invalid} with pointers into the patch, or {@code
     * Conflict} where a test does not hold.
     */
    public JsonNode applied(ObjectNode document, byte[] body) {
        JsonNode patch = Documents.one(body, Format.JSON);
        JsonValue result = switch (this) {
            case MERGE -> merged(document, patch);
            case STEPS -> PatchSteps.read(patch).applied((JsonStructure) value(document));
        };
        // Read like any other body, so that what grew beyond its bounds is refused like one.
        return Documents.one(bytes(result), Format.JSON);
    }

    private static JsonValue merged(ObjectNode document, JsonNode patch) {
        if (!patch.isObject()) {
            throw new MalformedDocumentException("A merge patch of a resource is an object.");
        }
        return Json.createMergePatch(value(patch)).apply(value(document));
    }

    private static byte[] bytes(JsonValue value) {
        byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Documents.LARGEST_BODY) {
            throw new MalformedDocumentException(
                    "The patch makes a document of more than %d bytes.".formatted(Documents.LARGEST_BODY));
        }
        return bytes;
    }

    static JsonValue value(JsonNode tree) {
        try (var reader = Json.createReader(new StringReader(tree.toString()))) {
            return reader.readValue();
        } catch (JsonException unreadable) {
            throw new MalformedDocumentException("The patch holds a value that cannot be read.");
        }
    }
}
