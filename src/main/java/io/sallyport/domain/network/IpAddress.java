package io.sallyport.domain.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** An IPv4 or IPv6 address, written as a literal and never resolved; IPv6 in the form of RFC 5952. */
public record IpAddress(String value) implements Comparable<IpAddress> {
    private static final Pattern V4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final Pattern ZEROS = Pattern.compile("(^|:)0(:0)+(:|$)");

    public IpAddress {
        String text = toInetAddress(value).getHostAddress();
        value = text.indexOf(':') < 0 ? text : compressed(text);
    }

    /** Of 4 bytes or 16, big-endian. */
    public static IpAddress ofBytes(byte[] bytes) {
        try {
            return new IpAddress(InetAddress.getByAddress(bytes).getHostAddress());
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException(wrongLength);
        }
    }

    public static boolean isValid(String text) {
        if (!isLikely(text)) {
            return false;
        }
        try {
            toInetAddress(text);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    // Nearly all that is asked about is a name, so that costs no exception.
    private static boolean isLikely(String text) {
        return V4.matcher(text).matches() || V6.matcher(text).matches();
    }

    /** Big-endian: 4 bytes, or 16. */
    public byte[] bytes() {
        return InetAddress.ofLiteral(value).getAddress();
    }

    public boolean isV4() {
        return value.indexOf(':') < 0;
    }

    private static InetAddress toInetAddress(String text) {
        if (!isLikely(text)) {
            throw new IllegalArgumentException("'%s' is not an IP address".formatted(text));
        }
        return InetAddress.ofLiteral(text);
    }

    private static String compressed(String text) {
        String longest = ZEROS.matcher(text)
                .results()
                .map(run -> run.group())
                .reduce("", (best, run) -> run.length() > best.length() ? run : best);
        return longest.isEmpty() ? text : text.replaceFirst(Pattern.quote(longest), "::");
    }

    @Override
    public int compareTo(IpAddress other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
