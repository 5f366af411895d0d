package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.rest.json.Violations.Reason;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The steps of a JSON Patch (RFC 6902). They are done one by one, so that it can be said which of them cannot be done, and
 * so that copies of copies are stopped before they are large.
 */
record PatchSteps(List<JsonObject> steps) {
    static final int MOST_STEPS = 200;
    private static final int MOST_VALUES = 100_000;

    private static final Set<String> OPERATIONS = Set.of("add", "remove", "replace", "move", "copy", "test");
    private static final Set<String> WITH_VALUE = Set.of("add", "replace", "test");
    private static final Set<String> WITH_FROM = Set.of("move", "copy");

    PatchSteps {
        steps = List.copyOf(steps);
    }

    /** Throws {@code Invalid} with all that is wrong. */
    static PatchSteps read(JsonNode patch) {
        if (!patch.isArray()) {
            throw new MalformedDocumentException("A JSON Patch is an array of operations.");
        }
        if (patch.size() > MOST_STEPS) {
            throw new MalformedDocumentException(
                    "A JSON Patch has at most %d operations, found %d.".formatted(MOST_STEPS, patch.size()));
        }
        Violations violations = new Violations();
        List<JsonObject> steps = new ArrayList<>();
        for (int index = 0; index < patch.size(); index++) {
            check(patch.get(index), "/" + index, violations);
            if (patch.get(index).isObject()) {
                steps.add(PatchForm.value(patch.get(index)).asJsonObject());
            }
        }
        if (violations.count() > 0) {
            throw FailureException.invalid(violations.found());
        }
        return new PatchSteps(steps);
    }

    // Other members are to be ignored, says the RFC.
    private static void check(JsonNode step, String pointer, Violations violations) {
        if (!step.isObject()) {
            violations.add(pointer, Reason.WRONG_TYPE, "Expected an object with op and path.");
            return;
        }
        String operation = step.path("op").asText();
        if (!OPERATIONS.contains(operation)) {
            violations.add(pointer + "/op", Reason.UNKNOWN_VALUE, "Expected add, remove, replace, move, copy or test.");
        }
        checkPath(step.path("path"), pointer + "/path", violations);
        if (WITH_FROM.contains(operation)) {
            checkPath(step.path("from"), pointer + "/from", violations);
        }
        if (WITH_VALUE.contains(operation) && !step.has("value")) {
            violations.add(pointer + "/value", Reason.MISSING_FIELD, "The operation needs a value; it may be null.");
        }
    }

    private static void checkPath(JsonNode path, String pointer, Violations violations) {
        if (!path.isTextual() || !(path.asText().isEmpty() || path.asText().startsWith("/"))) {
            violations.add(pointer, Reason.MALFORMED, "Expected a JSON Pointer (RFC 6901), such as /spec/hosts/0.");
        }
    }

    JsonStructure applied(JsonStructure document) {
        JsonStructure result = document;
        for (int index = 0; index < steps.size(); index++) {
            result = applied(result, index);
        }
        return result;
    }

    private JsonStructure applied(JsonStructure document, int index) {
        JsonObject step = steps.get(index);
        try {
            JsonStructure result = Json.createPatch(
                            Json.createArrayBuilder().add(step).build())
                    .apply(document);
            if (step.getString("op").equals("copy") && count(result) > MOST_VALUES) {
                throw new MalformedDocumentException(
                        "The patch makes a document of more than %d values.".formatted(MOST_VALUES));
            }
            return result;
        } catch (JsonException impossible) {
            throw refusal(step, index);
        } catch (ClassCastException whole) {
            throw refusal(step, index);
        }
    }

    private static FailureException refusal(JsonObject step, int index) {
        String operation = step.getString("op");
        if (operation.equals("test")) {
            return new FailureException(new Failure.Conflict(
                    "The test at /%d of the patch does not hold; read the resource again.".formatted(index)));
        }
        Violations violations = new Violations();
        violations.add(
                "/%d/path".formatted(index),
                Reason.CONTRADICTION,
                "The operation %s cannot be done: what it speaks of is not there, or is of another type."
                        .formatted(operation));
        return FailureException.invalid(violations.found());
    }

    private static int count(JsonValue value) {
        return count(value, MOST_VALUES);
    }

    private static int count(JsonValue value, int most) {
        Iterable<? extends JsonValue> children = switch (value) {
            case JsonObject object -> object.values();
            case JsonArray array -> array;
            default -> List.of();
        };
        int found = 1;
        for (JsonValue child : children) {
            if (found > most) {
                return found;
            }
            found += count(child, most - found);
        }
        return found;
    }
}
