package io.sallyport.compiler.explain;

import io.sallyport.domain.decision.Addresses;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Upstream;

/** The way from a gateway to a destination. */
final class Onward {
    private Onward() {}

    static Verdict.Onward of(
            PortEntry port, Upstream upstream, Approach approach, AskedHost asked, Addresses addresses) {
        return new Verdict.Onward(
                port.number(),
                upstream.name(),
                upstream.protocol(),
                tls(upstream.protocol(), approach, asked),
                addresses);
    }

    private static Verdict.Tls tls(Protocol protocol, Approach approach, AskedHost asked) {
        return switch (approach) {
            case Approach.HttpRequest request ->
                protocol == Protocol.HTTPS
                        ? new Verdict.Tls.Originated(asked.host().getFirst())
                        : new Verdict.Tls.None();
            case Approach.Tunnel tunnel ->
                protocol.isReachableBySni()
                        ? new Verdict.Tls.PassedThrough(asked.host().getFirst())
                        : new Verdict.Tls.None();
            case Approach.ClientHello hello ->
                new Verdict.Tls.PassedThrough(asked.host().getFirst());
            case Approach.Connection connection -> new Verdict.Tls.None();
        };
    }
}
