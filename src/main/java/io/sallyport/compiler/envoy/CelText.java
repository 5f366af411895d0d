package io.sallyport.compiler.envoy;

import java.util.Collection;
import java.util.List;

/**
 * Expressions of CEL as text, for formats. What cannot be evaluated comes out empty, as if it did not hold. Envoy reads
 * at most 32 levels, and makes regular expressions anew for each connection, which is dear (22 µs).
 */
final class CelText {
    static final String SERVER_NAME = "connection.requested_server_name";

    private CelText() {}

    /** A format that says what the expression comes to. */
    static String format(String expression) {
        return "%CEL(" + expression + ")%";
    }

    /** A format that says a value where a condition holds, and nothing else. */
    static String where(String condition, String value) {
        return format(condition + " ? " + value + " : ''");
    }

    static String text(Object value) {
        return "'" + value + "'";
    }

    /** Whether what is written down under a key is one of these; nothing matches what is not written down. */
    static String isOneOf(String key, Collection<?> values) {
        List<String> quoted = values.stream().map(value -> "b'" + value + "'").toList();
        return quoted.size() == 1
                ? written(key) + " == " + quoted.getFirst()
                : written(key) + " in [" + String.join(", ", quoted) + "]";
    }

    static String is(String key, Object value) {
        return isOneOf(key, List.of(value));
    }

    static String written(String key) {
        return "filter_state['" + key + "']";
    }

    /** At least one condition; one that cannot be evaluated does not keep another from holding. */
    static String any(List<String> conditions) {
        return conditions.size() == 1 ? conditions.getFirst() : "(" + String.join(" || ", conditions) + ")";
    }
}
