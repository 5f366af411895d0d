package io.sallyport.rest.json;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Names and values of headers in JSON (RFC 9110, section 5). Names are read in any case and kept in lower case. */
final class HeaderJson {
    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,256}");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e\\t]{0,8190}[\\x21-\\x7e])?");

    // What says where a message goes or ends is not for policies to change.
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "host",
            "connection",
            "content-length",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    private static final List<String> OURS = List.of("x-sallyport-", "x-envoy-");

    private HeaderJson() {}

    /** Any header that a request or response may have. */
    static Optional<String> name(Place place) {
        return place.parsed(HeaderJson::name);
    }

    /** One that may be changed: neither of the connection nor one that gateways use among themselves. */
    static Optional<String> changeableName(Place place) {
        return place.parsed(HeaderJson::changeableName);
    }

    /** Values by changeable names. */
    static SortedMap<String, String> values(Place place) {
        SortedMap<String, String> values = new TreeMap<>();
        place.strings((name, value) -> {
            value.attempt(() -> changeableName(name))
                    .ifPresent(known -> value.parsed(HeaderJson::value).ifPresent(text -> values.put(known, text)));
            return Optional.empty();
        });
        return values;
    }

    /** The name of any header, in lower case. */
    static String name(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(lower).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the name of a header: use letters, digits and hyphens, x-user for example"
                            .formatted(Suggestion.shortened(text)));
        }
        return lower;
    }

    private static String changeableName(String text) {
        String name = name(text);
        if (OF_THE_CONNECTION.contains(name) || OURS.stream().anyMatch(name::startsWith)) {
            throw new IllegalArgumentException(
                    "'%s' is not for policies to change: the gateway itself needs it".formatted(name));
        }
        return name;
    }

    private static String value(String text) {
        if (!VALUE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a header's value has 1 to 8192 printable ASCII characters, and no space at its ends");
        }
        return text;
    }
}
