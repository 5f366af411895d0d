package io.sallyport.compiler.explain;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host and port that are asked for, in the form in which they are compared.
 *
 * @param host in lower case without trailing dot; none where the listener leads everything to one place; at most one
 * @param port as it was written; at most one
 */
record AskedHost(List<String> host, List<String> port) {
    private static final String LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
    private static final String HOST = "(?<host>" + LABEL + "(\\." + LABEL + ")*)\\.?";
    private static final Pattern AUTHORITY =
            Pattern.compile(HOST + "(:(?<port>[0-9]{1,5}))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(HOST, Pattern.CASE_INSENSITIVE);

    /** Nothing where it is malformed. */
    static Optional<AskedHost> ofAuthority(String authority) {
        Matcher matcher = AUTHORITY.matcher(authority);
        return matcher.matches()
                ? Optional.of(new AskedHost(
                        List.of(HostPattern.canonical(matcher.group("host"))),
                        Optional.ofNullable(matcher.group("port")).stream().toList()))
                : Optional.empty();
    }

    /** Nothing where it is malformed. */
    static Optional<AskedHost> ofServerName(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new AskedHost(List.of(HostPattern.canonical(matcher.group("host"))), List.of()))
                : Optional.empty();
    }

    static AskedHost ofAddress(List<IpAddress> address) {
        return new AskedHost(address.stream().map(IpAddress::value).toList(), List.of());
    }

    boolean isCoveredBy(HostPattern pattern) {
        return pattern.isEverything() || host.stream().anyMatch(text -> isCovered(text, pattern));
    }

    private static boolean isCovered(String text, HostPattern pattern) {
        if (pattern.isRange()) {
            return IpAddress.isValid(text) && pattern.range().contains(new IpAddress(text));
        }
        return pattern.isSuffix() ? text.endsWith(pattern.value().substring(1)) : text.equals(pattern.value());
    }
}
