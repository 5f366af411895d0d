package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.LabelSelector.Operator;
import io.sallyport.domain.LabelSelector.Requirement;
import io.sallyport.rest.json.Violations.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Labels, annotations and selectors over labels, with the syntax of Kubernetes. */
final class LabelsJson {
    private static final String WORD = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
    private static final Pattern KEY = Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?" + WORD);
    private static final Pattern VALUE = Pattern.compile("(" + WORD + ")?");
    private static final int LONGEST_ANNOTATION = 65_536;
    private static final SequencedMap<String, Operator> OPERATORS =
            Choices.of(Operator.values(), Operator::documentName);

    private LabelsJson() {}

    static SortedMap<String, String> read(Fields fields, String name) {
        return fields.optional(name, labels -> Optional.of(labels.strings(LabelsJson::readLabel)))
                .orElseGet(() -> Collections.unmodifiableSortedMap(new TreeMap<>()));
    }

    static SortedMap<String, String> readAnnotations(Fields fields, String name) {
        return fields.optional(name, labels -> Optional.of(labels.strings(LabelsJson::readAnnotation)))
                .orElseGet(() -> Collections.unmodifiableSortedMap(new TreeMap<>()));
    }

    static Optional<LabelSelector> readSelector(Place place) {
        Fields fields = place.fields("matchLabels", "matchExpressions");
        SortedMap<String, String> labels = read(fields, "matchLabels");
        List<Requirement> expressions = fields.list("matchExpressions", LabelsJson::readRequirement);
        return fields.build(() -> new LabelSelector(labels, expressions));
    }

    static ObjectNode writeSelector(LabelSelector selector) {
        ObjectNode result = Tree.object();
        Tree.strings(result, "matchLabels", selector.matchLabels());
        Tree.list(result, "matchExpressions", selector.matchExpressions(), LabelsJson::writeRequirement);
        return result;
    }

    private static Optional<Requirement> readRequirement(Place place) {
        Fields fields = place.fields("key", "operator", "values");
        Optional<String> key = fields.required("key", LabelsJson::readKey);
        Optional<Operator> operator = fields.required("operator", item -> item.oneOf(OPERATORS));
        List<String> values = fields.list("values", LabelsJson::readValue);
        operator.ifPresent(known -> {
            switch (known) {
                case IN, NOT_IN -> {
                    fields.needed("values", "The operators In and NotIn need at least one value.");
                    fields.refuseEmpty("values");
                }
                case EXISTS, DOES_NOT_EXIST ->
                    fields.refused("values", "The operators Exists and DoesNotExist take no values.");
            }
        });
        return fields.build(() -> new Requirement(key.orElseThrow(), operator.orElseThrow(), values));
    }

    private static ObjectNode writeRequirement(Requirement requirement) {
        ObjectNode result = Tree.object()
                .put("key", requirement.key())
                .put("operator", requirement.operator().documentName());
        Tree.texts(result, "values", requirement.values());
        return result;
    }

    private static Optional<String> readLabel(String key, Place value) {
        checkKey(key, value);
        return readValue(value);
    }

    private static Optional<String> readAnnotation(String key, Place value) {
        checkKey(key, value);
        return value.text(LONGEST_ANNOTATION);
    }

    private static Optional<String> readKey(Place place) {
        Optional<String> key = place.text();
        key.ifPresent(text -> checkKey(text, place));
        return key;
    }

    static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }

    static boolean isValue(String text) {
        return VALUE.matcher(text).matches();
    }

    private static void checkKey(String key, Place place) {
        if (!isKey(key)) {
            place.report(
                    Reason.MALFORMED,
                    "'%s' is not a key: use 1 to 63 letters, digits, '-', '_', '.', after a prefix such as example.com/ where wanted."
                            .formatted(Suggestion.shortened(key)));
        }
    }

    /** {@code key}, or {@code key=value}. */
    static Optional<String> readPattern(Place place) {
        Optional<String> pattern = place.text();
        pattern.ifPresent(text -> {
            int equals = text.indexOf('=');
            checkKey(equals < 0 ? text : text.substring(0, equals), place);
            if (equals >= 0) {
                checkValue(text.substring(equals + 1), place);
            }
        });
        return pattern;
    }

    /** A label's value that is not empty: the name of a locality, for example. */
    static Optional<String> readWord(Place place) {
        Optional<String> word = readValue(place);
        if (word.isPresent() && word.get().isEmpty()) {
            place.report(Reason.MALFORMED, "An empty text says nothing: leave the field out.");
        }
        return word;
    }

    private static Optional<String> readValue(Place place) {
        Optional<String> value = place.text();
        value.ifPresent(text -> checkValue(text, place));
        return value;
    }

    private static void checkValue(String value, Place place) {
        if (!isValue(value)) {
            place.report(
                    Reason.MALFORMED,
                    "'%s' is not a label's value: use at most 63 letters, digits, '-', '_', '.', the first and last a letter or digit."
                            .formatted(Suggestion.shortened(value)));
        }
    }
}
