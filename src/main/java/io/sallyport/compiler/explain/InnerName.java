package io.sallyport.compiler.explain;

import io.sallyport.domain.decision.Approach.Inside;
import io.sallyport.domain.decision.Approach.Tunnel;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import java.util.List;

/** What a tunnel to a port for TLS must carry: TLS that names the host of the tunnel, or nobody where that is an address. */
record InnerName(AskedHost asked) {

    boolean suits(Tunnel tunnel, Protocol protocol) {
        return !protocol.isReachableBySni()
                || switch (tunnel.inside()) {
                    case Inside.Suitable suitable -> true;
                    case Inside.Tls tls -> isTrue(tls.serverName());
                    case Inside.Other other -> false;
                };
    }

    private boolean isTrue(List<String> serverName) {
        return serverName.isEmpty()
                ? asked.host().stream().anyMatch(IpAddress::isValid)
                : asked.host().contains(HostPattern.canonical(serverName.getFirst()));
    }
}
