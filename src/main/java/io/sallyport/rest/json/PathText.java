package io.sallyport.rest.json;

import io.sallyport.domain.route.AmbiguousPath;
import java.util.Optional;
import java.util.regex.Pattern;

/** A path of a URL in JSON, in the one form that it can have. */
final class PathText {
    private static final int LONGEST = 1024;
    // A path of RFC 3986, section 3.3.
    private static final Pattern SYNTAX = Pattern.compile("/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*");

    private PathText() {}

    static Optional<String> read(Place place) {
        return place.text(LONGEST).flatMap(text -> place.attempt(() -> checked(text)));
    }

    private static String checked(String text) {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a path: begin with /, without query, and escape what a path cannot hold"
                            .formatted(Suggestion.shortened(text)));
        }
        if (AmbiguousPath.is(text)) {
            throw new IllegalArgumentException(
                    "'%s' can be read in two ways, and requests for it are refused: write it without empty or dot segments and needless escapes"
                            .formatted(Suggestion.shortened(text)));
        }
        return text;
    }
}
