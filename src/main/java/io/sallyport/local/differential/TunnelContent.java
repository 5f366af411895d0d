package io.sallyport.local.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.network.IpAddress;
import java.util.List;

/** What is said inside of a tunnel. */
final class TunnelContent {
    private static final byte[] GET = "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
            .formatted(ClientHello.MARK)
            .getBytes(UTF_8);

    private TunnelContent() {}

    /** @param isForTls whether the port that is meant is one of those that TLS goes to */
    static byte[] of(Approach.Tunnel tunnel, boolean isForTls) {
        return switch (tunnel.inside()) {
            case Approach.Inside.Suitable suitable -> isForTls ? ClientHello.of(name(tunnel.authority())) : GET;
            case Approach.Inside.Tls tls -> ClientHello.of(tls.serverName());
            case Approach.Inside.Other other -> GET;
        };
    }

    // TLS names no addresses.
    private static List<String> name(String authority) {
        String host = authority.replaceFirst(":.*", "");
        return IpAddress.isValid(host.replaceFirst("[.]$", "")) ? List.of() : List.of(host);
    }
}
