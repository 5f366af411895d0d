package io.sallyport.compiler;

import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import java.util.List;
import java.util.Locale;

/** Whether the server name of TLS is the host that is asked for. */
final class ReferenceName {
    private ReferenceName() {}

    /** Of the connection that a request comes over. */
    static boolean isAnother(Approach approach, ReferenceHost host) {
        return approach instanceof Approach.HttpRequest request
                && !request.serverName().isEmpty()
                && !isOf(host, request.serverName());
    }

    /** Of what a tunnel carries, or that it carries none. */
    static boolean isAnotherInside(Approach approach, ReferenceHost host, Protocol protocol) {
        if (!(approach instanceof Approach.Tunnel tunnel) || (protocol != Protocol.TLS && protocol != Protocol.HTTPS)) {
            return false;
        }
        return switch (tunnel.inside()) {
            case Approach.Inside.Suitable suitable -> false;
            case Approach.Inside.Other other -> true;
            case Approach.Inside.Tls tls ->
                tls.serverName().isEmpty() ? !host.host().matches("[0-9.]+") : !isOf(host, tls.serverName());
        };
    }

    private static boolean isOf(ReferenceHost host, List<String> serverName) {
        return serverName
                .getFirst()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("[.]$", "")
                .equals(host.host());
    }
}
