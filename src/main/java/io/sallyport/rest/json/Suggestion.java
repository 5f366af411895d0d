package io.sallyport.rest.json;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The remedy that a message names. */
final class Suggestion {
    private static final int LONGEST_QUOTE = 80;
    private static final int FARTHEST = 2;

    private Suggestion() {}

    static String unknownField(String name, List<String> known) {
        return "There is no field '%s' here; %s".formatted(shortened(name), remedy(name, known));
    }

    static String unknownValue(String value, List<String> known) {
        return "'%s' is none of the values; %s".formatted(shortened(value), remedy(value, known));
    }

    static String shortened(String text) {
        return shortened(text, LONGEST_QUOTE);
    }

    static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    /** The message of an exception of the domain, written as a sentence. */
    static String sentence(String message) {
        String capital = message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
        return capital.endsWith(".") ? capital : capital + ".";
    }

    private static String remedy(String wrong, List<String> known) {
        String all = known.isEmpty() ? "none is known" : "use " + String.join(", ", known);
        return closest(wrong, known)
                        .map(name -> "did you mean '%s'? Else ".formatted(name))
                        .orElse("") + all + ".";
    }

    private static Optional<String> closest(String wrong, List<String> known) {
        if (wrong.length() > LONGEST_QUOTE) {
            return Optional.empty();
        }
        return known.stream()
                .filter(name -> distance(wrong, name) <= FARTHEST)
                .min(Comparator.comparingInt(name -> distance(wrong, name)));
    }

    /** How many letters to insert, leave out or change (Levenshtein), whatever the case. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column < previous.length; column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            previous = nextRow(previous, row, left.charAt(row - 1), right);
        }
        return previous[right.length()];
    }

    private static int[] nextRow(int[] previous, int row, char letter, String right) {
        int[] next = new int[previous.length];
        next[0] = row;
        for (int column = 1; column < next.length; column++) {
            boolean same = Character.toLowerCase(letter) == Character.toLowerCase(right.charAt(column - 1));
            int change = previous[column - 1] + (same ? 0 : 1);
            next[column] = Math.min(change, 1 + Math.min(previous[column], next[column - 1]));
        }
        return next;
    }
}
