package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.PathRewrite;

/** Another path in place of the one that is asked for; the query stays. */
sealed interface PathChange {

    /** In place of what was matched. */
    record OfMatch(String replacement) implements PathChange {}

    /** In place of what an expression finds; {@code \1} in the replacement is its group. */
    record OfPart(String regex, String replacement) implements PathChange {
        RegexMatchAndSubstitute message() {
            return RegexMatchAndSubstitute.newBuilder()
                    .setPattern(RegexMatcher.newBuilder().setRegex(regex))
                    .setSubstitution(replacement)
                    .build();
        }
    }

    static PathChange of(PathMatch matched, PathRewrite rewrite) {
        return switch (rewrite) {
            case PathRewrite.Full(String value) -> new OfPart("^.*$", literally(value));
            case PathRewrite.Prefix(String value) -> ofPrefix(matched.value(), withoutEnd(value));
        };
    }

    // Envoy replaces text, we elements: between them there is one slash, whatever the two end with.
    private static PathChange ofPrefix(String matched, String replacement) {
        String prefix = withoutEnd(matched);
        if (!prefix.isEmpty() && !replacement.isEmpty()) {
            return new OfMatch(replacement);
        }
        return replacement.isEmpty()
                ? new OfPart("^" + Predicates.literally(prefix) + "/?(.*)$", "/\\1")
                : new OfPart("^(.*)$", literally(replacement) + "\\1");
    }

    private static String withoutEnd(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String literally(String replacement) {
        return replacement.replace("\\", "\\\\");
    }
}
