package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.ValueMatch;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a header or a query parameter must be, in JSON (Gateway API, HTTPHeaderMatch and HTTPQueryParamMatch). */
final class FieldMatchJson {
    private static final SequencedMap<String, Type> TYPES = Choices.of(Type.values(), Type::documentName);
    private static final int LONGEST_VALUE = 4096;
    // What stands in a query as it is (RFC 3986, section 3.4), but for the two separators.
    private static final Pattern QUERY = Pattern.compile("([A-Za-z0-9._~!$'()*+,;:@/?-]|%[0-9A-Fa-f]{2})+");

    private FieldMatchJson() {}

    static Optional<FieldMatch> readHeader(Place place) {
        return read(place, HeaderJson::matchedName, HeaderJson::value);
    }

    static Optional<FieldMatch> readQueryParam(Place place) {
        return read(place, FieldMatchJson::query, FieldMatchJson::query);
    }

    private static Optional<FieldMatch> read(
            Place place, Function<Place, Optional<String>> readName, Function<Place, Optional<String>> readExact) {
        Fields fields = place.fields("name", "type", "value", "invert");
        Optional<String> name = fields.required("name", readName);
        Optional<Type> type = fields.defaulted("type", Type.EXACT, item -> item.oneOf(TYPES));
        Optional<ValueMatch> value = type.flatMap(known -> value(fields, known, readExact));
        Optional<Boolean> invert = fields.defaulted("invert", false, Place::truth);
        return fields.build(() -> new FieldMatch(name.orElseThrow(), value.orElseThrow(), invert.orElseThrow()));
    }

    private static Optional<ValueMatch> value(Fields fields, Type type, Function<Place, Optional<String>> readExact) {
        return switch (type) {
            case EXACT -> fields.required("value", readExact).map(ValueMatch.Exact::new);
            case REGEX -> fields.required("value", RegexText::read).map(ValueMatch.Regex::new);
            case PRESENT -> {
                fields.refused("value", "Type Present asks whether it is there, whatever it says.");
                yield Optional.of(new ValueMatch.Present());
            }
        };
    }

    private static Optional<String> query(Place place) {
        return place.text(LONGEST_VALUE).flatMap(text -> place.attempt(() -> queryText(text)));
    }

    private static String queryText(String text) {
        if (!QUERY.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' cannot stand in a query: it is compared as it is written there, so escape what a query cannot hold, and & and ="
                            .formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    static ObjectNode write(FieldMatch field) {
        ObjectNode result = Tree.object().put("name", field.name());
        switch (field.value()) {
            case ValueMatch.Exact exact ->
                result.put("type", Type.EXACT.documentName()).put("value", exact.text());
            case ValueMatch.Regex regex ->
                result.put("type", Type.REGEX.documentName()).put("value", regex.regex());
            case ValueMatch.Present present -> result.put("type", Type.PRESENT.documentName());
        }
        if (field.isInverted()) {
            result.put("invert", true);
        }
        return result;
    }

    private enum Type {
        EXACT("Exact"),
        REGEX("RegularExpression"),
        PRESENT("Present");

        private final String documentName;

        Type(String documentName) {
            this.documentName = documentName;
        }

        String documentName() {
            return documentName;
        }
    }
}
