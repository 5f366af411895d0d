package io.sallyport.testkit;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import java.util.List;
import java.util.Random;

/** Requests to the gateway of a {@link RandomState}, by anybody, for anything, in any form. */
public final class RandomRequest {
    private static final List<String> HOSTS = List.of(
            "x.example",
            "A.x.Example",
            "b.x.example.",
            "c.y.x.example",
            "y.x.example",
            "d.z.y.x.example",
            "other.example",
            "elsewhere.test",
            "203.0.113.9",
            "203.0.113.200",
            "203.0.115.1",
            "192.0.2.9",
            "a..example",
            "-a.example");
    private static final List<String> PORTS = List.of("", "", ":80", ":443", ":8443", ":5432", ":9999", ":080");
    private static final List<String> SOURCES =
            List.of("10.1.0.1", "10.1.1.1", "10.1.1.2", "10.2.0.1", "10.2.1.1", "192.0.2.1", "fd00:1::1", "fd00:2::1");
    private static final List<String> CERTIFICATES = List.of(
            "spiffe://corp/shop/w1",
            "spiffe://corp/shop/w3",
            "spiffe://corp/bank/w2",
            "spiffe://corp/edge/w0",
            "urn:x");
    private static final List<String> MEANT = List.of("203.0.113.9", "203.0.113.200", "203.0.115.1", "2001:db8::1");
    private final Random random;

    public RandomRequest(Random random) {
        this.random = random;
    }

    public Question to(EgressGateway gateway) {
        return to(gateway.listeners());
    }

    Question to(List<Listener> listeners) {
        Listener listener = one(listeners);
        return new Question(
                listener.name(),
                peer(),
                approach(listener.protocol()),
                RandomState.NOON.plusSeconds(random.nextInt(5) * 30L - 60));
    }

    private Peer peer() {
        return new Peer(
                new IpAddress(one(SOURCES)), certificate(), random.nextBoolean() ? List.of() : List.of(token()));
    }

    private List<Peer.Certificate> certificate() {
        return switch (random.nextInt(12)) {
            case 0 -> List.of();
            case 1 -> List.of(new Peer.Certificate.Unproven(one(List.of(Peer.Certificate.Fault.values()))));
            case 2 -> List.of(new Peer.Certificate.Proven(List.of()));
            case 3 -> List.of(new Peer.Certificate.Proven(List.of(one(CERTIFICATES), one(CERTIFICATES))));
            default -> List.of(new Peer.Certificate.Proven(List.of(one(CERTIFICATES))));
        };
    }

    private Peer.Token token() {
        return switch (random.nextInt(8)) {
            case 0 -> new Peer.Token.Unproven(one(List.of(Peer.Token.Fault.values())));
            case 1 -> new Peer.Token.Proven(new ByJwt("https://nobody.example", "w1"));
            default ->
                new Peer.Token.Proven(
                        new ByJwt(one(RandomState.ISSUERS), one(List.of("shop-w1", "w1", "w2", "other"))));
        };
    }

    private Approach approach(Listener.Protocol protocol) {
        return switch (protocol) {
            case HTTP -> plain(List.of());
            case HTTPS -> plain(random.nextBoolean() ? List.of() : List.of(one(HOSTS)));
            case CONNECT -> random.nextBoolean() ? plain(List.of()) : tunnel();
            case TLS -> new Approach.ClientHello(random.nextInt(8) == 0 ? List.of() : List.of(one(HOSTS)));
            case TCP ->
                new Approach.Connection(random.nextInt(4) == 0 ? List.of() : List.of(new IpAddress(one(MEANT))));
        };
    }

    // Mostly for its own name.
    private Approach tunnel() {
        String host = one(HOSTS);
        return new Approach.Tunnel(
                host + one(PORTS),
                switch (random.nextInt(6)) {
                    case 0 -> new Approach.Inside.Other();
                    case 1 -> new Approach.Inside.Tls(List.of());
                    case 2 -> new Approach.Inside.Tls(List.of(one(HOSTS)));
                    case 3 -> new Approach.Inside.Tls(List.of(host));
                    default -> new Approach.Inside.Suitable();
                });
    }

    private Approach plain(List<String> serverName) {
        return new Approach.HttpRequest(one(HOSTS) + one(PORTS), "GET", "/", serverName);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
