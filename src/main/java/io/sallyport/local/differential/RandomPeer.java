package io.sallyport.local.differential;

import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sources that show all, some or nothing of what they could. */
final class RandomPeer {
    private static final List<String> ADDRESSES =
            List.of("127.1.0.1", "127.1.1.1", "127.1.1.2", "127.2.0.1", "127.2.1.1", "127.2.1.9", "127.3.0.1");
    private static final List<String> SIXES = List.of("fd00:1::5", "fd00:2::5", "::1");
    private static final List<String> NAMES = List.of(
            "spiffe://corp/ns/shop/w0",
            "spiffe://corp/ns/shop/w1",
            "spiffe://corp/ns/bank/w0",
            "spiffe://corp/ns/bank/w2",
            "spiffe://corp/ns/other",
            "https://corp/ns/shop/w0",
            "spiffe://corp/ns/shop/w0/",
            "spiffe://Corp/ns/shop/w0",
            "spiffe://corp/ns/shop/w0,spiffe://corp/ns/bank/w0");

    private final Dice dice;
    private boolean isV6;

    RandomPeer(Dice dice) {
        this.dice = dice;
    }

    Peer at(String listener) {
        Peer peer = Peer.at(address(listener));
        Peer shown = dice.in(8) ? peer : peer.with(certificate());
        return dice.in(4) ? shown.with(token()) : shown;
    }

    /** Whether the last one came from an IPv6 address. */
    boolean isV6() {
        return isV6;
    }

    private IpAddress address(String listener) {
        isV6 = switch (listener) {
            case "six" -> true;
            case "ptls", "ptcp" -> dice.in(3);
            default -> false;
        };
        if (listener.equals("six")) {
            return new IpAddress("::1");
        }
        return new IpAddress(dice.one(isV6 ? SIXES : ADDRESSES));
    }

    private Peer.Certificate certificate() {
        return switch (dice.below(14)) {
            case 0 -> new Peer.Certificate.Unproven(dice.one(List.of(Peer.Certificate.Fault.values())));
            case 1 -> new Peer.Certificate.Proven(List.of());
            case 2 -> new Peer.Certificate.Proven(List.of(dice.one(NAMES), dice.one(NAMES)));
            default -> new Peer.Certificate.Proven(List.of(dice.one(NAMES)));
        };
    }

    private Peer.Token token() {
        String header = dice.in(2) ? Tokens.HEADERS.getFirst() : dice.one(Tokens.HEADERS);
        return switch (dice.below(9)) {
            case 0 -> new Peer.Token.Unproven(dice.one(List.of(Peer.Token.Fault.values())), header);
            case 1 -> new Peer.Token.Proven(new ByJwt(Tokens.NOBODY, "w0"), claims(), header);
            default ->
                new Peer.Token.Proven(
                        new ByJwt(
                                dice.one(List.of(Tokens.SHOP, Tokens.BANK)), dice.one(List.of("w0", "w1", "w2", "x"))),
                        claims(),
                        header);
        };
    }

    private Map<String, Object> claims() {
        Map<String, Object> claims = new HashMap<>();
        if (dice.in(2)) {
            claims.put("team", dice.one(List.of("pay", "mail", List.of("pay", "ops"), List.of(), 3.0, true)));
        }
        if (dice.in(3)) {
            claims.put("org", dice.one(List.of(Map.of("unit", "pay"), Map.of("unit", Map.of()), "pay")));
        }
        if (dice.in(3)) {
            claims.put("level", dice.one(List.of(3.0, 0.0, 2.5, "3")));
        }
        return claims;
    }
}
