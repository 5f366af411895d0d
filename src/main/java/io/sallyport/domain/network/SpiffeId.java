package io.sallyport.domain.network;

import java.util.regex.Pattern;

/** A SPIFFE ID (SPIFFE-ID, section 2): {@code spiffe://trust-domain/path}, at most 2048 bytes. */
public record SpiffeId(String value) implements Comparable<SpiffeId> {
    private static final Pattern SYNTAX =
            Pattern.compile("spiffe://([a-z0-9._-]{1,255})((?:/(?!\\.{1,2}(?:/|$))[a-zA-Z0-9._-]+)*)");
    private static final String SCHEME = "spiffe://";
    private static final int LONGEST = 2048;

    public SpiffeId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "'%s' is not a SPIFFE ID: use spiffe://trust-domain/path".formatted(value));
        }
    }

    public static boolean isValid(String text) {
        return text.length() <= LONGEST && SYNTAX.matcher(text).matches();
    }

    public String trustDomain() {
        return value.substring(SCHEME.length()).replaceFirst("/.*", "");
    }

    /** Whether it is of a trust domain and names nobody in it. */
    public boolean hasNoPath() {
        return value.length() == SCHEME.length() + trustDomain().length();
    }

    @Override
    public int compareTo(SpiffeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
