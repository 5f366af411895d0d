package io.sallyport.compiler.explain;

import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.SourceIdentity;
import io.sallyport.domain.decision.SourceIdentity.Address;
import io.sallyport.domain.decision.SourceIdentity.Ambiguous;
import io.sallyport.domain.decision.SourceIdentity.Certificate;
import io.sallyport.domain.decision.SourceIdentity.Nobody;
import io.sallyport.domain.decision.SourceIdentity.Token;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.snapshot.IdentitySet;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.List;

/** Who a source is to a listener, and which classes that makes it one of. */
record SourceView(List<SourceClass> classes) {

    Verdict.Source of(Peer peer, ListenerSnapshot listener) {
        SourceIdentity identity = identity(peer, listener);
        return new Verdict.Source(
                identity,
                classes.stream()
                        .filter(one -> isIn(identity, one.identities()) && comesFrom(peer, one))
                        .map(SourceClass::id)
                        .toList());
    }

    private static boolean comesFrom(Peer peer, SourceClass one) {
        return one.ipBlocks().isEmpty() || one.ipBlocks().stream().anyMatch(block -> block.contains(peer.address()));
    }

    private static SourceIdentity identity(Peer peer, ListenerSnapshot listener) {
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

    private static boolean isIn(SourceIdentity identity, IdentitySet set) {
        return set.anyone()
                || switch (identity) {
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
