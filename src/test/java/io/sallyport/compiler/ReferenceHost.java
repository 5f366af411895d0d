package io.sallyport.compiler;

import io.sallyport.domain.decision.Approach;
import java.util.List;
import java.util.Locale;

/**
 * What a request asks for.
 *
 * @param host in lower case, without trailing dot; empty where it says none
 * @param port as written; empty where it says none
 */
record ReferenceHost(String host, String port, boolean isMalformed) {

    static ReferenceHost of(Approach approach) {
        return switch (approach) {
            case Approach.HttpRequest request -> ofAuthority(request.authority());
            case Approach.Tunnel tunnel -> ofAuthority(tunnel.authority());
            case Approach.ClientHello hello ->
                hello.serverName().isEmpty()
                        ? new ReferenceHost("", "", false)
                        : of(hello.serverName().getFirst(), "");
            case Approach.Connection connection ->
                new ReferenceHost(
                        connection.original().isEmpty()
                                ? ""
                                : connection.original().getFirst().value(),
                        "",
                        false);
        };
    }

    private static ReferenceHost ofAuthority(String authority) {
        int colon = authority.indexOf(':');
        return colon < 0 ? of(authority, "") : of(authority.substring(0, colon), authority.substring(colon + 1));
    }

    private static ReferenceHost of(String written, String port) {
        String host = written.toLowerCase(Locale.ROOT);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        boolean isWhole = List.of(host.split("\\.", -1)).stream().allMatch(ReferenceHost::isLabel);
        return new ReferenceHost(host, port, !isWhole);
    }

    private static boolean isLabel(String label) {
        return !label.isEmpty()
                && label.chars()
                        .allMatch(letter ->
                                (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-')
                && !label.startsWith("-")
                && !label.endsWith("-");
    }
}
