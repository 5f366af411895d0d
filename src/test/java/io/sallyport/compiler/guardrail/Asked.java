package io.sallyport.compiler.guardrail;

import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import java.util.Optional;

/** The host that a request asks for; nothing where it asks for none. */
final class Asked {
    private Asked() {}

    static Optional<String> host(Approach approach) {
        return switch (approach) {
            case Approach.HttpRequest request -> Optional.of(ofAuthority(request.authority()));
            case Approach.Tunnel tunnel -> Optional.of(ofAuthority(tunnel.authority()));
            case Approach.ClientHello hello ->
                hello.serverName().stream().findFirst().map(HostPattern::canonical);
            case Approach.Connection connection ->
                connection.original().stream().findFirst().map(IpAddress::value);
        };
    }

    private static String ofAuthority(String authority) {
        return HostPattern.canonical(authority.replaceFirst(":[0-9]+$", ""));
    }
}
