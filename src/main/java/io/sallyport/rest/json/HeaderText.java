package io.sallyport.rest.json;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Names and values of HTTP headers (RFC 9110, section 5), as routes may match and change them. */
final class HeaderText {
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e\\t]*[\\x21-\\x7e])?");
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

    private HeaderText() {}

    /** The name of a header that a route may match, in lower case. */
    static String matched(String text) {
        String name = HeaderJson.name(text);
        if (name.equals("host")) {
            throw new IllegalArgumentException("the host of a request is matched by hostnames of the route");
        }
        refuseReserved(name);
        return name;
    }

    /** The name of a header that a route may change, in lower case. */
    static String changed(String text) {
        String name = HeaderJson.name(text);
        if (name.equals("host")) {
            throw new IllegalArgumentException(
                    "the host of a request is changed by a filter URLRewrite, so that it is checked where it leads");
        }
        if (OF_FRAMING.contains(name)) {
            throw new IllegalArgumentException(
                    "'%s' says how the message is sent: leave it to the proxy".formatted(name));
        }
        refuseReserved(name);
        return name;
    }

    static String value(String text) {
        if (!VALUE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the value of a header: use printable ASCII, without spaces at its ends"
                            .formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    private static void refuseReserved(String name) {
        if (OF_ONE_HOP.contains(name) || RESERVED_PREFIXES.stream().anyMatch(name::startsWith)) {
            throw new IllegalArgumentException(
                    "'%s' is between two proxies, or of the gateway itself, and reaches no route: use another header"
                            .formatted(Suggestion.shortened(name)));
        }
    }
}
