package io.sallyport.rest.json;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The values of an enum by their names in documents. */
final class Choices {
    private Choices() {}

    static <E> SequencedMap<String, E> of(E[] values, Function<E, String> name) {
        SequencedMap<String, E> result = new LinkedHashMap<>();
        Arrays.stream(values).forEach(value -> result.put(name.apply(value), value));
        return result;
    }

    /** {@code DENY} is {@code Deny}, {@code NEW_FLOWS} is {@code NewFlows}. */
    static String capitalized(Enum<?> value) {
        return Arrays.stream(value.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
