package io.sallyport.compiler.explain;

import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.snapshot.IdentitySet;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import java.util.List;

/** Who a source is to a listener: the strongest identity that it can see and the request carries. */
public sealed interface SourceIdentity {

    /** By the one URI SAN of its certificate. */
    record Certificate(String principal) implements SourceIdentity {}

    /** By a token: {@code issuer/subject}. */
    record Token(String principal) implements SourceIdentity {}

    /** By where it comes from. */
    record Address(IpAddress address) implements SourceIdentity {}

    /** A certificate that says no SPIFFE ID: nobody by name, and nobody by its address either. */
    record Nobody() implements SourceIdentity {}

    /** A certificate that says several names, which is refused. */
    record Ambiguous(List<String> uriSans) implements SourceIdentity {
        public Ambiguous {
            uriSans = List.copyOf(uriSans);
        }
    }

    /** Who a peer is to a listener. */
    static SourceIdentity of(Peer peer, ListenerSnapshot listener) {
        if (listener.listener().isMutual()) {
            return certified(peer.uriSans());
        }
        return peer.token().stream()
                .filter(token -> listener.jwt().stream()
                        .anyMatch(provider -> provider.issuer().equals(token.issuer())))
                .findFirst()
                .<SourceIdentity>map(token -> new Token(token.principal()))
                .orElseGet(() -> new Address(peer.address()));
    }

    // A proxy that reads several names has them in one text, with commas between.
    private static SourceIdentity certified(List<String> uriSans) {
        if (uriSans.size() > 1 || uriSans.stream().anyMatch(name -> name.contains(","))) {
            return new Ambiguous(uriSans);
        }
        return uriSans.stream()
                .filter(name -> name.startsWith("spiffe://"))
                .findFirst()
                .<SourceIdentity>map(Certificate::new)
                .orElseGet(Nobody::new);
    }

    /** Whether this is one of the set. */
    default boolean isIn(IdentitySet set) {
        return set.anyone()
                || switch (this) {
                    case Certificate certificate -> isMeant(certificate.principal(), set.principals());
                    case Token token -> isMeant(token.principal(), set.principals());
                    case Address address -> set.ranges().stream().anyMatch(range -> range.contains(address.address()));
                    case Nobody nobody -> false;
                    case Ambiguous ambiguous -> false;
                };
    }

    private static boolean isMeant(String principal, List<PrincipalPattern> patterns) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(principal));
    }
}
