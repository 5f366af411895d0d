package io.sallyport.compiler.explain;

import io.sallyport.domain.decision.Addresses;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;

/** The way from a gateway to a destination. */
final class Onward {
    private Onward() {}

    static Verdict.Onward of(
            Upstream upstream, Approach approach, AskedHost asked, List<HostPattern> named, Addresses addresses) {
        return new Verdict.Onward(
                upstream.port(),
                upstream.name(),
                upstream.protocol(),
                tls(upstream, approach, asked, named),
                addresses);
    }

    private static Verdict.Tls tls(Upstream upstream, Approach approach, AskedHost asked, List<HostPattern> named) {
        return switch (approach) {
            case Approach.HttpRequest request ->
                upstream.isOverTls() ? originated(upstream.tls(), expected(asked, named)) : new Verdict.Tls.None();
            case Approach.Tunnel tunnel ->
                upstream.protocol().isReachableBySni()
                        ? new Verdict.Tls.PassedThrough(asked.host().getFirst())
                        : new Verdict.Tls.None();
            case Approach.ClientHello hello ->
                new Verdict.Tls.PassedThrough(asked.host().getFirst());
            case Approach.Connection connection -> new Verdict.Tls.None();
        };
    }

    private static String expected(AskedHost asked, List<HostPattern> named) {
        return named.isEmpty() ? asked.host().getFirst() : named.getFirst().value();
    }

    private static Verdict.Tls originated(TlsOrigination tls, String host) {
        return new Verdict.Tls.Originated(
                tls.serverName().stream().findFirst().orElse(host),
                tls.subjectAltNames().isEmpty() ? List.of(host) : tls.subjectAltNames(),
                tls);
    }
}
