package io.sallyport.rest.json;

import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.LabelSelector.Operator;
import io.sallyport.domain.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A selector over labels on one line, with the syntax of Kubernetes: {@code app=pay,stage in (test,live),!old}. */
public final class SelectorText {
    /** Requirements in one selector. */
    public static final int MOST = 32;

    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^=!\\s]+)\\s*(==|=|!=)\\s*(\\S*)");
    private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*([^=!\\s()]+)");

    private SelectorText() {}

    /** Throws IllegalArgumentException, which says what is wrong. */
    public static LabelSelector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : COMMA.split(text, -1)) {
            requirements.add(requirement(part.strip()));
        }
        if (requirements.size() > MOST) {
            throw new IllegalArgumentException(
                    "at most %d requirements, found %d".formatted(MOST, requirements.size()));
        }
        return new LabelSelector(new TreeMap<>(), requirements);
    }

    private static Requirement requirement(String part) {
        return set(part)
                .or(() -> equality(part))
                .or(() -> presence(part))
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is no requirement: use key, !key, key=value, key!=value, key in (a,b) or key notin (a,b)"
                                .formatted(Suggestion.shortened(part))));
    }

    private static Optional<Requirement> set(String part) {
        Matcher matcher = SET.matcher(part);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> values = Arrays.stream(matcher.group(3).split(",", -1))
                .map(value -> value(value.strip()))
                .toList();
        Operator operator = matcher.group(2).equals("in") ? Operator.IN : Operator.NOT_IN;
        return Optional.of(new Requirement(key(matcher.group(1)), operator, values));
    }

    private static Optional<Requirement> equality(String part) {
        Matcher matcher = EQUALITY.matcher(part);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Operator operator = matcher.group(2).equals("!=") ? Operator.NOT_IN : Operator.IN;
        return Optional.of(new Requirement(key(matcher.group(1)), operator, List.of(value(matcher.group(3)))));
    }

    private static Optional<Requirement> presence(String part) {
        Matcher matcher = PRESENCE.matcher(part);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Operator operator = matcher.group(1).isEmpty() ? Operator.EXISTS : Operator.DOES_NOT_EXIST;
        return Optional.of(new Requirement(key(matcher.group(2)), operator, List.of()));
    }

    private static String key(String text) {
        if (!LabelsJson.isKey(text)) {
            throw new IllegalArgumentException("'%s' is not a label's key".formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    private static String value(String text) {
        if (!LabelsJson.isValue(text)) {
            throw new IllegalArgumentException("'%s' is not a label's value".formatted(Suggestion.shortened(text)));
        }
        return text;
    }
}
