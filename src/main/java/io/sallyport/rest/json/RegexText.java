package io.sallyport.rest.json;

import java.util.Optional;

/** A regular expression in JSON; whether it is one is checked where all that is written is. */
final class RegexText {
    private static final int LONGEST = 1024;

    private RegexText() {}

    static Optional<String> read(Place place) {
        return place.text(LONGEST).flatMap(text -> place.attempt(() -> checked(text)));
    }

    private static String checked(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty expression means an empty text alone: say what is meant");
        }
        return text;
    }
}
