package io.sallyport.rest.json;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Names and values of headers in JSON (RFC 9110, section 5), as routes and policies may match and change them. Names are
 * read in any case and kept in lower case.
 */
final class HeaderJson {
    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,256}");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e\\t]*[\\x21-\\x7e])?");
    private static final int LONGEST_VALUE = 4096;
    private static final List<String> RESERVED_PREFIXES = List.of("x-sallyport-", "x-envoy-", "x-forwarded-");
    private static final Set<String> OF_ONE_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "forwarded",
            "x-request-id");
    private static final Set<String> OF_FRAMING = Set.of("content-length", "expect");

    private HeaderJson() {}

    /** Any header that a request or response may have. */
    static Optional<String> name(Place place) {
        return place.parsed(HeaderJson::name);
    }

    /** One that may be asked for: neither the host nor one that ends at the gateway. */
    static Optional<String> matchedName(Place place) {
        return place.parsed(text -> {
            String name = name(text);
            if (name.equals("host")) {
                throw new IllegalArgumentException("the host of a request is matched by hostnames of the route");
            }
            return notReserved(name);
        });
    }

    /** One that may be changed: neither of the connection nor one that gateways use among themselves. */
    static Optional<String> changeableName(Place place) {
        return place.parsed(HeaderJson::changeableName);
    }

    static Optional<String> value(Place place) {
        return place.text(LONGEST_VALUE).flatMap(text -> place.attempt(() -> value(text)));
    }

    /** Values by changeable names. */
    static SortedMap<String, String> values(Place place) {
        SortedMap<String, String> values = new TreeMap<>();
        place.strings((name, item) -> {
            item.attempt(() -> changeableName(name))
                    .ifPresent(known -> value(item).ifPresent(text -> values.put(known, text)));
            return Optional.empty();
        });
        return values;
    }

    private static String name(String text) {
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
        if (name.equals("host")) {
            throw new IllegalArgumentException(
                    "the host of a request says where it goes: a route changes it by a filter URLRewrite, so that it is checked where it leads");
        }
        if (OF_FRAMING.contains(name)) {
            throw new IllegalArgumentException(
                    "'%s' says how the message is sent: leave it to the gateway".formatted(name));
        }
        return notReserved(name);
    }

    private static String notReserved(String name) {
        if (OF_ONE_HOP.contains(name) || RESERVED_PREFIXES.stream().anyMatch(name::startsWith)) {
            throw new IllegalArgumentException(
                    "'%s' is between two proxies, or of the gateway itself, and ends there: use another header"
                            .formatted(Suggestion.shortened(name)));
        }
        return name;
    }

    private static String value(String text) {
        if (!VALUE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the value of a header: use printable ASCII, without spaces at its ends"
                            .formatted(Suggestion.shortened(text)));
        }
        return text;
    }
}
