package io.sallyport.domain;

import java.util.regex.Pattern;

/** A DNS label of RFC 1123: 1 to 63 lower-case letters, digits and inner hyphens. Ordered by code point. */
public record Name(String value) implements Comparable<Name> {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public Name {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "'%s' is not a DNS label: use 1 to 63 lower-case letters, digits and inner hyphens"
                            .formatted(value));
        }
    }

    public static boolean isValid(String text) {
        return LABEL.matcher(text).matches();
    }

    @Override
    public int compareTo(Name other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
