package io.sallyport.domain.network;

/**
 * Which proven identities are meant: a SPIFFE ID, a SPIFFE prefix that ends in {@code *}, or {@code *} for any proven
 * identity.
 */
public record PrincipalPattern(String value) implements Comparable<PrincipalPattern> {
    public static final PrincipalPattern ANY = new PrincipalPattern("*");

    public PrincipalPattern {
        if (!value.equals("*") && !isSpiffe(value)) {
            throw new IllegalArgumentException(
                    "'%s' is not a principal: use a SPIFFE ID, a SPIFFE prefix that ends in *, or *".formatted(value));
        }
    }

    public boolean isPrefix() {
        return value.endsWith("*");
    }

    public boolean matches(SpiffeId id) {
        return isPrefix() ? id.value().startsWith(prefix()) : id.value().equals(value);
    }

    /** Whether everyone this pattern means is also meant by the other. */
    public boolean isWithin(PrincipalPattern other) {
        return other.isPrefix() ? prefix().startsWith(other.prefix()) : value.equals(other.value);
    }

    public boolean overlaps(PrincipalPattern other) {
        return isWithin(other) || other.isWithin(this);
    }

    private String prefix() {
        return isPrefix() ? value.substring(0, value.length() - 1) : value;
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
