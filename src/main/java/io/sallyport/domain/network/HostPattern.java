package io.sallyport.domain.network;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An exact host ({@code api.example.com}) or all hosts below a suffix ({@code *.example.com}: one label or more, never
 * the suffix itself). Held in lower case without trailing dot. At most 253 characters, labels of at most 63.
 */
public record HostPattern(String value) implements Comparable<HostPattern> {
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern SYNTAX = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");
    private static final int LONGEST = 253;

    public HostPattern {
        value = canonical(value);
        if (value.length() > LONGEST || !SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    ("'%s' is not a host: use labels of letters, digits and inner hyphens, such as api.example.com,"
                                    + " or *.example.com for all hosts below it; no scheme, port or path")
                            .formatted(value));
        }
    }

    /** Lower case, one trailing dot taken off; the form in which hosts are compared. */
    public static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    public boolean isWildcard() {
        return value.startsWith("*.");
    }

    /** Whether every host of the other pattern is a host of this one. */
    public boolean covers(HostPattern other) {
        if (!isWildcard()) {
            return value.equals(other.value);
        }
        return other.value.endsWith(value.substring(1));
    }

    /** Longer is more specific among patterns that cover the same host; exact before wildcard. */
    public boolean isMoreSpecificThan(HostPattern other) {
        return isWildcard() == other.isWildcard() ? value.length() > other.value.length() : !isWildcard();
    }

    @Override
    public int compareTo(HostPattern other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
