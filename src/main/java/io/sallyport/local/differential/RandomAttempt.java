package io.sallyport.local.differential;

import io.sallyport.domain.Name;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Approach.Inside;
import io.sallyport.domain.network.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
            Names.OPEN,
            Names.ALSO_OPEN,
            Names.LAST_OPEN,
            Names.REFUSED,
            Names.DENIED,
            "v.test",
            "x.v.test",
            "nobody.invalid");
    private static final List<String> PORTS = List.of(
            "80", "80", "8443", "443", "443", "5432", "8080", "9090", "444", "81", "080", "8", "65536", "99999");
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
    private final RandomPeer peers;
    private final RandomRequest requests;
    private final List<String> listeners;
    private final List<String> owned;

    /** @param owned hosts that are mostly asked for, since they are somebody's */
    RandomAttempt(Dice dice, boolean hasIpv6, List<String> owned) {
        this.dice = dice;
        this.owned = owned;
        this.peers = new RandomPeer(dice);
        this.requests = new RandomRequest(dice);
        this.listeners = Stream.concat(
                        Stream.of(
                                "http", "http", "http", "https", "https", "https", "mutual", "mutual", "connect",
                                "connect", "connect", "secure", "tls", "ptls", "tcp", "ptcp", "ptcp"),
                        hasIpv6 ? Stream.of("six") : Stream.of())
                .toList();
    }

    Attempt next() {
        String listener = dice.one(listeners);
        return new Attempt(new Name(listener), peers.at(listener), approach(listener), requests.manner());
    }

    private String host() {
        return dice.one(owned.isEmpty() || dice.in(4) ? HOSTS : owned);
    }

    private Approach approach(String listener) {
        return switch (listener) {
            case "tls", "ptls" -> new Approach.ClientHello(serverName());
            case "tcp" -> new Approach.Connection(List.of());
            case "ptcp" -> new Approach.Connection(List.of(original()));
            case "connect", "secure" -> dice.in(3) ? request(List.of()) : tunnel();
            case "https", "mutual" -> overTls();
            default -> request(List.of());
        };
    }

    // What stands in the header beside an address of the source, of the same family.
    private IpAddress original() {
        return new IpAddress(peers.isV6() ? "fd00:9::1" : dice.one(Names.addresses()));
    }

    private Approach.HttpRequest request(List<String> serverName) {
        return requests.of(authority(), serverName);
    }

    // Mostly for the host that is asked for then, in a spelling of its own.
    private Approach overTls() {
        if (dice.in(4)) {
            return request(List.of());
        }
        if (dice.in(4)) {
            return request(List.of(spelled(dice.one(HOSTS))));
        }
        String host = host();
        String port = !dice.in(3) ? "" : ":" + dice.one(PORTS);
        return requests.of(spelled(host) + port, List.of(spelled(host)));
    }

    private Approach tunnel() {
        if (dice.in(3)) {
            String host = host();
            return new Approach.Tunnel(spelled(host) + ":" + dice.one(List.of("443", "8443", "5432")), inside(host));
        }
        return new Approach.Tunnel(authority());
    }

    private Inside inside(String host) {
        return switch (dice.below(5)) {
            case 0 -> new Inside.Other();
            case 1 -> new Inside.Tls(List.of());
            case 2, 3 -> new Inside.Tls(List.of(spelled(dice.one(HOSTS))));
            default -> new Inside.Tls(List.of(spelled(host)));
        };
    }

    // In a target, these end an authority or stand before it.
    static boolean isOneInTargets(String authority) {
        return !authority.contains("@") && !authority.contains("/");
    }

    private List<String> serverName() {
        if (dice.in(20)) {
            return List.of();
        }
        return List.of(dice.in(15) ? malformed() : spelled(host()));
    }

    private String authority() {
        if (dice.in(10)) {
            return malformed();
        }
        String host = spelled(host());
        return !dice.in(3) ? host : host + ":" + dice.one(PORTS);
    }

    private String malformed() {
        return dice.one(MALFORMED).formatted(dice.one(HOSTS));
    }

    private String spelled(String host) {
        String cased = switch (dice.below(4)) {
            case 0 -> host.toUpperCase(Locale.ROOT);
            case 1 -> host.substring(0, 1).toUpperCase(Locale.ROOT) + host.substring(1);
            default -> host;
        };
        return dice.in(6) ? cased + "." : cased;
    }
}
