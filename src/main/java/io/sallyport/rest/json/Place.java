package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.rest.json.Violations.Reason;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A value of a document that is being read: its pointer, and where to say what is wrong with it. What cannot be read
 * is reported and comes back empty, so that reading goes on and finds all that is wrong.
 */
public record Place(JsonNode value, String pointer, Violations violations, boolean isSecret) {
    /** The top of a document that stands at {@code pointer} in what was sent. */
    public static Place top(JsonNode document, String pointer, Violations violations) {
        return new Place(document, pointer, violations, false);
    }

    /** The same, and nothing within it is ever quoted. */
    Place secret() {
        return new Place(value, pointer, violations, true);
    }

    /** Its fields, of which only the known ones may be there. */
    Fields fields(String... known) {
        if (!value.isObject()) {
            report(Reason.WRONG_TYPE, "Expected an object, found %s.".formatted(found()));
            return Fields.unreadable(this);
        }
        int violationsBefore = violations.count();
        Set<String> names = Set.of(known);
        value.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                child(name).report(Reason.UNKNOWN_FIELD, Suggestion.unknownField(name, Arrays.asList(known)));
            }
        });
        return Fields.of(this, violationsBefore);
    }

    Optional<String> text() {
        if (!value.isTextual()) {
            report(Reason.WRONG_TYPE, "Expected a string, found %s.".formatted(found()));
            return Optional.empty();
        }
        if (!isStorable(value.textValue())) {
            report(Reason.MALFORMED, "The string contains a NUL character or half a surrogate pair; take it out.");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    Optional<String> text(int longest) {
        Optional<String> text = text();
        if (text.isPresent() && text.get().length() > longest) {
            report(
                    Reason.OUT_OF_RANGE,
                    "At most %d characters, found %d."
                            .formatted(longest, text.get().length()));
            return Optional.empty();
        }
        return text;
    }

    /** A string whose syntax {@code parse} knows; it says what is wrong by an IllegalArgumentException. */
    <T> Optional<T> parsed(Function<String, T> parse) {
        return text().flatMap(text -> attempt(() -> parse.apply(text)));
    }

    <T> Optional<T> attempt(Supplier<T> construction) {
        try {
            return Optional.of(construction.get());
        } catch (IllegalArgumentException wrong) {
            report(Reason.MALFORMED, Suggestion.sentence(String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }

    Optional<Integer> integer(int least, int most) {
        if (!value.isIntegralNumber()) {
            report(
                    Reason.WRONG_TYPE,
                    "Expected a whole number from %d to %d, found %s.".formatted(least, most, found()));
            return Optional.empty();
        }
        BigInteger number = value.bigIntegerValue();
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            report(Reason.OUT_OF_RANGE, "%s is out of range: use %d to %d.".formatted(number, least, most));
            return Optional.empty();
        }
        return Optional.of(number.intValueExact());
    }

    Optional<Boolean> truth() {
        if (!value.isBoolean()) {
            report(Reason.WRONG_TYPE, "Expected true or false, found %s.".formatted(found()));
            return Optional.empty();
        }
        return Optional.of(value.booleanValue());
    }

    <T> Optional<T> oneOf(SequencedMap<String, T> choices) {
        Optional<String> text = text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> choice = Optional.ofNullable(choices.get(text.get()));
        if (choice.isEmpty()) {
            report(Reason.UNKNOWN_VALUE, Suggestion.unknownValue(text.get(), List.copyOf(choices.keySet())));
        }
        return choice;
    }

    <T> List<T> items(Function<Place, Optional<T>> item) {
        if (!value.isArray()) {
            report(Reason.WRONG_TYPE, "Expected a list, found %s.".formatted(found()));
            return List.of();
        }
        return IntStream.range(0, value.size())
                .mapToObj(index -> new Place(value.get(index), pointer + "/" + index, violations, isSecret))
                .flatMap(place -> item.apply(place).stream())
                .toList();
    }

    /** An object whose values are strings. */
    SortedMap<String, String> strings(BiFunction<String, Place, Optional<String>> entry) {
        SortedMap<String, String> result = new TreeMap<>();
        if (!value.isObject()) {
            report(Reason.WRONG_TYPE, "Expected an object of strings, found %s.".formatted(found()));
            return result;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            entry.apply(field.getKey(), child(field.getKey())).ifPresent(text -> result.put(field.getKey(), text));
        }
        return result;
    }

    Place child(String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        return new Place(value.path(name), pointer + "/" + escaped, violations, isSecret);
    }

    void report(Reason reason, String message) {
        violations.add(pointer, reason, message);
    }

    private String found() {
        return isSecret ? "another type" : quoted();
    }

    private String quoted() {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "the string '%s'".formatted(Suggestion.shortened(value.asText()));
            case NUMBER -> "the number " + Suggestion.shortened(value.asText());
            case BOOLEAN -> value.asText();
            case NULL, MISSING -> "nothing";
        };
    }

    // PostgreSQL stores neither of the two in JSON.
    private static boolean isStorable(String text) {
        return text.codePoints().noneMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF));
    }
}
