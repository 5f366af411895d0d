package io.sallyport.domain.route;

import java.util.regex.Pattern;

/**
 * Paths that two readers can take for different ones: with empty or dot segments, a backslash, or an escape of what needs
 * none (RFC 3986, section 6.2.2) or of a separator. Where routes or policies ask of paths, such a request is refused.
 */
public final class AmbiguousPath {
    /** Found anywhere in a path without its query, in the syntax of RE2; case does not count. */
    public static final String PART =
            "(?i:%2[def]|%3[0-9]|%4[1-9a-f]|%5[0-9acf]|%6[1-9a-f]|%7[0-9ae]|\\\\|//|/\\.\\.?(?:/|$))";

    private static final Pattern PATTERN = Pattern.compile(PART);

    private AmbiguousPath() {}

    /** Asked of a path without its query. */
    public static boolean is(String path) {
        return PATTERN.matcher(path).find();
    }
}
