package io.sallyport.compiler.cel;

/**
 * A word of a condition.
 *
 * @param at where it begins, from 0
 * @param text as it stands there; of a text, what it says
 */
record Token(int at, Kind kind, String text) {
    /** What it is. */
    enum Kind {
        NAME,
        TEXT,
        WHOLE,
        DECIMAL,
        SIGN,
        END
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }
}
