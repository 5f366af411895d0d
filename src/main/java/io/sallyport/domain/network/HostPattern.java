package io.sallyport.domain.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which hosts are meant: an exact one ({@code api.example.com}), all below a suffix ({@code *.example.com}: one label or
 * more, never the suffix itself), all whatsoever ({@code *}), or, where a listener learns an address, those of a range
 * ({@code 10.0.0.0/8}). Held in lower case without trailing dot. At most 253 characters, labels of at most 63.
 */
public record HostPattern(String value) implements Comparable<HostPattern> {
    public static final HostPattern EVERYTHING = new HostPattern("*");

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern SYNTAX = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");
    // An IPv4 address ends so, and is below no suffix.
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?[0-9]+");
    private static final int LONGEST = 253;

    public HostPattern {
        value = isRange(value) ? Cidr.parse(value).toString() : canonical(value);
        if (!isRange(value) && !value.equals("*") && !isHost(value)) {
            throw malformed(value);
        }
    }

    /** A pattern as people write it, which is never a range; throws IllegalArgumentException where it is none. */
    public static HostPattern parse(String text) {
        if (isRange(text) || text.indexOf(':') >= 0 || text.equals("*.")) {
            throw malformed(text);
        }
        return new HostPattern(text);
    }

    public static HostPattern ofRange(Cidr range) {
        return new HostPattern(range.toString());
    }

    /** Lower case, one trailing dot taken off; the form in which hosts are compared. */
    public static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Whether it is {@code *.suffix}. */
    public boolean isSuffix() {
        return value.startsWith("*.");
    }

    /** Whether it means all hosts whatsoever. */
    public boolean isEverything() {
        return value.equals("*");
    }

    public boolean isRange() {
        return isRange(value);
    }

    /** Whether it can mean more than one host. */
    public boolean isWildcard() {
        return isSuffix() || isEverything() || isRange();
    }

    /** The addresses of a range; throws IllegalArgumentException where it is none. */
    public Cidr range() {
        return Cidr.parse(value);
    }

    /** Whether every host of the other pattern is a host of this one. */
    public boolean covers(HostPattern other) {
        if (isEverything()) {
            return true;
        }
        if (isSuffix()) {
            return !other.isRange() && other.value.endsWith(value.substring(1));
        }
        return isRange() ? holds(other) : value.equals(other.value);
    }

    private boolean holds(HostPattern other) {
        if (other.isRange()) {
            return range().contains(other.range());
        }
        return IpAddress.isValid(other.value) && range().contains(new IpAddress(other.value));
    }

    /** All patterns that cover this one and are not it, the most specific first. */
    public List<HostPattern> wider() {
        List<HostPattern> patterns = new ArrayList<>();
        if (isRange() || IpAddress.isValid(value)) {
            ranges(isRange() ? range() : Cidr.ofSingle(new IpAddress(value)), patterns);
        } else if (!ENDS_IN_NUMBER.matcher(value).matches()) {
            suffixes(patterns);
        }
        if (!isEverything()) {
            patterns.add(EVERYTHING);
        }
        return patterns;
    }

    private void ranges(Cidr own, List<HostPattern> patterns) {
        int longest = isRange() ? own.prefixLength() - 1 : own.prefixLength();
        for (int length = longest; length >= 0; length--) {
            patterns.add(ofRange(own.widened(length)));
        }
    }

    private void suffixes(List<HostPattern> patterns) {
        String rest = isSuffix() ? value.substring(2) : value;
        for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
            rest = rest.substring(dot + 1);
            patterns.add(new HostPattern("*." + rest));
        }
    }

    /** Among patterns that cover the same host: exact, then the longer range, then the longer suffix, then {@code *}. */
    public boolean isMoreSpecificThan(HostPattern other) {
        if (rank() != other.rank()) {
            return rank() < other.rank();
        }
        return isRange()
                ? range().prefixLength() > other.range().prefixLength()
                : value.length() > other.value.length();
    }

    private int rank() {
        if (isEverything()) {
            return 3;
        }
        if (isSuffix()) {
            return 2;
        }
        return isRange() ? 1 : 0;
    }

    private static boolean isRange(String text) {
        return text.indexOf('/') >= 0;
    }

    private static boolean isHost(String text) {
        return text.length() <= LONGEST
                && !(text.startsWith("*.") && ENDS_IN_NUMBER.matcher(text).matches())
                && (SYNTAX.matcher(text).matches() || (text.indexOf(':') >= 0 && IpAddress.isValid(text)));
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                ("'%s' is not a host: use labels of letters, digits and inner hyphens, such as api.example.com,"
                                + " *.example.com for all hosts below it, or * for all; no scheme, port or path")
                        .formatted(text));
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
