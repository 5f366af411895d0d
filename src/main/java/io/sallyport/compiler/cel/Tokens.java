package io.sallyport.compiler.cel;

import io.sallyport.compiler.cel.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a condition. */
final class Tokens {
    private static final Pattern BLANK = Pattern.compile("[ \\t\\r\\n]+");
    private static final Pattern NAME = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+\\.[0-9]+");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SIGN = Pattern.compile("\\|\\||&&|==|!=|<=|>=|[!<>?:.,()\\[\\]-]");
    private static final Pattern TEXT =
            Pattern.compile("'(?<single>(?:[^'\\\\\\r\\n]|\\\\.)*)'|\"(?<double>(?:[^\"\\\\\\r\\n]|\\\\.)*)\"");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokens(String text) {
        this.text = text;
    }

    static List<Token> of(String text) {
        var reader = new Tokens(text);
        while (reader.at < text.length()) {
            reader.next();
        }
        reader.tokens.add(new Token(text.length(), Kind.END, "the end"));
        return reader.tokens;
    }

    private void next() {
        Matcher blank = matcher(BLANK);
        if (blank.lookingAt()) {
            at = blank.end();
            return;
        }
        if (!takes(NAME, Kind.NAME)
                && !takes(DECIMAL, Kind.DECIMAL)
                && !takes(WHOLE, Kind.WHOLE)
                && !takes(SIGN, Kind.SIGN)
                && !takesText()) {
            throw new Fault(
                    at,
                    "'%s' cannot stand here: write texts in quotes, and join conditions by && and ||"
                            .formatted(text.substring(at, at + 1)));
        }
    }

    private boolean takes(Pattern pattern, Kind kind) {
        Matcher found = matcher(pattern);
        if (!found.lookingAt()) {
            return false;
        }
        tokens.add(new Token(at, kind, found.group()));
        at = found.end();
        return true;
    }

    private boolean takesText() {
        Matcher found = matcher(TEXT);
        if (!found.lookingAt()) {
            return false;
        }
        String written = found.group("single") == null ? found.group("double") : found.group("single");
        tokens.add(new Token(at, Kind.TEXT, unescaped(written)));
        at = found.end();
        return true;
    }

    private String unescaped(String written) {
        StringBuilder said = new StringBuilder();
        for (int index = 0; index < written.length(); index++) {
            char letter = written.charAt(index);
            said.append(letter == '\\' ? escaped(written.charAt(++index)) : letter);
        }
        return said.toString();
    }

    private char escaped(char letter) {
        return switch (letter) {
            case '\\', '\'', '"' -> letter;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default ->
                throw new Fault(
                        at,
                        "the escape \\%s is not known here: use \\\\, \\', \\\", \\n, \\t or \\r".formatted(letter));
        };
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length());
    }
}
