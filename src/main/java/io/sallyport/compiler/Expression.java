package io.sallyport.compiler;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.regex.MatchResult;

/**
 * A regular expression, as Envoy takes it: in the syntax of RE2, of a bounded size, and read byte by byte, so ASCII alone
 * means the same everywhere.
 */
record Expression(String text) {
    /** What Envoy takes where nobody says more ({@code re2.max_program_size.error_level}). */
    static final int LARGEST = 100;

    // Begin and end of what is compiled, and the ends that only C++ writes.
    private static final int ENDS = 5;
    private static final java.util.regex.Pattern FOREIGN =
            java.util.regex.Pattern.compile("[^\\x20-\\x7e]|\\\\[pPxQC0-9]");
    private static final java.util.regex.Pattern CLASS = java.util.regex.Pattern.compile(
            "\\\\(?<escaped>.)|(?<set>\\[\\^?]?(?:\\[:\\^?[a-z]+:]|\\\\.|[^\\]\\\\])*])|(?<any>\\.)");
    private static final java.util.regex.Pattern IN_SET =
            java.util.regex.Pattern.compile("\\[:\\^?[a-z]+:]|\\\\.|.-(?:\\\\.|[^\\]])|.");
    private static final int MOST_RANGES_OF_A_NAME = 6;

    /** Why Envoy would refuse it, with what to do; nothing where it takes it. */
    Optional<String> refusal() {
        if (FOREIGN.matcher(text).find()) {
            return Optional.of(
                    "it names characters beyond ASCII, by class or number, or quotes with \\Q: write them as they come, escaped as in a URL");
        }
        try {
            Pattern compiled = Pattern.compile(text);
            int size = Pattern.compile(widened()).programSize() + ENDS;
            return Math.max(size, compiled.programSize()) > LARGEST
                    ? Optional.of(
                            "it comes to about %d instructions, and Envoy takes %d: bound fewer repeats ({n,m}), or split it into several matches"
                                    .formatted(size, LARGEST))
                    : Optional.empty();
        } catch (PatternSyntaxException malformed) {
            return Optional.of("it is not in the syntax of RE2 (%s): there is no look-around and no back-reference"
                    .formatted(malformed.getDescription()));
        }
    }

    // An instruction for each range of a class, as C++ makes them, is as many as for so many letters.
    private String widened() {
        return CLASS.matcher(text).replaceAll(Expression::asManyLetters);
    }

    private static String asManyLetters(MatchResult found) {
        String escaped = found.group("escaped");
        String set = found.group("set");
        int ranges = set != null ? rangesOfSet(set) : escaped != null ? rangesOfEscape(escaped) : 2;
        return ranges == 0 ? java.util.regex.Matcher.quoteReplacement(found.group()) : "(?:" + "x".repeat(ranges) + ")";
    }

    private static int rangesOfSet(String set) {
        boolean isNegated = set.startsWith("[^");
        String items = set.substring(isNegated ? 2 : 1, set.length() - 1);
        int ranges = IN_SET.matcher(items)
                .results()
                .mapToInt(item -> rangesOfItem(item.group()))
                .sum();
        return Math.max(ranges, 1) + (isNegated ? 1 : 0);
    }

    private static int rangesOfItem(String item) {
        if (item.startsWith("[:")) {
            return MOST_RANGES_OF_A_NAME;
        }
        return item.startsWith("\\") ? Math.max(rangesOfEscape(item.substring(1)), 1) : 1;
    }

    // None of what stands for itself, or for a place.
    private static int rangesOfEscape(String letter) {
        return switch (letter) {
            case "d" -> 1;
            case "D" -> 2;
            case "s" -> 3;
            case "S", "w" -> 4;
            case "W" -> 5;
            default -> 0;
        };
    }
}
