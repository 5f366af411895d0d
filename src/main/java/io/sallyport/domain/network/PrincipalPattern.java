package io.sallyport.domain.network;

import java.util.regex.Pattern;

/**
 * Which proven identities are meant: a SPIFFE ID, {@code issuer/subject} of a token, either of them as a prefix that ends
 * in {@code *}, or {@code *} for any proven identity.
 */
public record PrincipalPattern(String value) implements Comparable<PrincipalPattern> {
    public static final PrincipalPattern ANY = new PrincipalPattern("*");

    private static final String SPIFFE = "spiffe://";
    private static final Pattern TOKEN =
            Pattern.compile("[a-z][a-z0-9+.-]*://[\\x21-\\x7e&&[^*,]]+/[\\x21-\\x7e&&[^*,]]*\\*?");
    private static final int LONGEST = 2048;

    public PrincipalPattern {
        if (!value.equals("*") && !(value.startsWith(SPIFFE) ? isSpiffe(value) : isToken(value))) {
            throw new IllegalArgumentException(
                    "'%s' is not a principal: use a SPIFFE ID, issuer/subject of a token, a prefix that ends in *, or *"
                            .formatted(value));
        }
    }

    public boolean isPrefix() {
        return value.endsWith("*");
    }

    /** Whether a certificate can prove it. */
    public boolean isOfCertificates() {
        return value.equals("*") || value.startsWith(SPIFFE);
    }

    /** Whether a token can prove it. */
    public boolean isOfTokens() {
        return !value.startsWith(SPIFFE);
    }

    /** Whether a proven identity, a SPIFFE ID or {@code issuer/subject}, is meant. */
    public boolean matches(String principal) {
        return isPrefix() ? principal.startsWith(prefix()) : principal.equals(value);
    }

    /** Whether everyone this pattern means is also meant by the other. */
    public boolean isWithin(PrincipalPattern other) {
        return other.isPrefix() ? prefix().startsWith(other.prefix()) : value.equals(other.value);
    }

    public boolean overlaps(PrincipalPattern other) {
        return isWithin(other) || other.isWithin(this);
    }

    /** What all that is meant begins with: the whole of it where it is no prefix. */
    public String prefix() {
        return isPrefix() ? value.substring(0, value.length() - 1) : value;
    }

    private static boolean isToken(String text) {
        return text.length() <= LONGEST && TOKEN.matcher(text).matches();
    }

    // A prefix may end within a path segment or at its slash, so one more letter makes an ID of it.
    private static boolean isSpiffe(String text) {
        String id = text.endsWith("*") ? text.substring(0, text.length() - 1) + "x" : text;
        try {
            return id.equals(new SpiffeId(id).value());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    @Override
    public int compareTo(PrincipalPattern other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
