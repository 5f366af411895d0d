package io.sallyport.local.differential;

import io.sallyport.domain.Name;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import java.util.List;
import java.util.Locale;

/** Requests about the hosts of a {@link RandomPolicy}, in all spellings. */
final class RandomAttempt {
    static final List<String> HOSTS = List.of(
            "x.example",
            "a.x.example",
            "b.x.example",
            "c.y.x.example",
            "y.x.example",
            "d.z.y.x.example",
            "other.example",
            "example",
            "z.test",
            "w.test",
            "127.0.0.7",
            "127.0.0.8",
            "127.7.0.1",
            "127.7.1.1",
            "127.7.1.7",
            "v.test",
            "x.v.test",
            "nobody.invalid");
    private static final List<String> ADDRESSES =
            List.of("127.1.0.1", "127.1.1.1", "127.1.1.2", "127.2.0.1", "127.2.1.1", "127.2.1.9", "127.3.0.1");
    private static final List<String> PORTS =
            List.of("80", "80", "8443", "5432", "8080", "9090", "443", "81", "080", "8", "65536", "99999");
    private static final List<String> MALFORMED = List.of(
            "user@%s",
            "%s..",
            "-%s",
            "%s-",
            ".%s",
            "a..%s",
            "_%s",
            "a_b.%s",
            "*.%s",
            "%s:",
            "%s:80:80",
            "%s:123456",
            "%%61.%s",
            "[::1]",
            "*",
            "%s/p",
            "%s,x.example",
            "ä.%s",
            "%s:8o",
            "[%s]");

    private final Dice dice;

    RandomAttempt(Dice dice) {
        this.dice = dice;
    }

    Attempt next() {
        String listener =
                dice.one(List.of("http", "http", "connect", "connect", "connect", "tls", "ptls", "tcp", "ptcp"));
        return new Attempt(
                new Name(listener),
                peer(),
                switch (listener) {
                    case "tls", "ptls" -> new Approach.ClientHello(serverName());
                    case "tcp", "ptcp" -> new Approach.Connection(List.of());
                    case "connect" ->
                        dice.in(2)
                                ? new Approach.Tunnel(authority())
                                : new Approach.HttpRequest(authority(), "GET", "/pair");
                    default -> new Approach.HttpRequest(authority(), "GET", "/pair");
                },
                dice.in(3));
    }

    private Peer peer() {
        var address = new IpAddress(dice.one(ADDRESSES));
        return dice.in(3) ? Peer.at(address).with(new Peer.Token.Proven(token())) : Peer.at(address);
    }

    private ByJwt token() {
        return new ByJwt(dice.one(List.of(Tokens.SHOP, Tokens.BANK)), dice.one(List.of("w0", "w1", "w2", "x")));
    }

    // In a target, these end an authority or stand before it.
    static boolean isOneInTargets(String authority) {
        return !authority.contains("@") && !authority.contains("/");
    }

    private List<String> serverName() {
        if (dice.in(20)) {
            return List.of();
        }
        return List.of(dice.in(15) ? malformed() : spelled());
    }

    private String authority() {
        if (dice.in(10)) {
            return malformed();
        }
        return dice.in(2) ? spelled() : spelled() + ":" + dice.one(PORTS);
    }

    private String malformed() {
        return dice.one(MALFORMED).formatted(dice.one(HOSTS));
    }

    private String spelled() {
        String host = dice.one(HOSTS);
        String cased = switch (dice.below(4)) {
            case 0 -> host.toUpperCase(Locale.ROOT);
            case 1 -> host.substring(0, 1).toUpperCase(Locale.ROOT) + host.substring(1);
            default -> host;
        };
        return dice.in(6) ? cased + "." : cased;
    }
}
