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
import io.sallyport.domain.network.SpiffeId;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.snapshot.IdentitySet;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Who a source is to a listener, and which classes that makes it one of. */
public record SourceView(List<SourceClass> classes) {

    Verdict.Source of(Peer peer, ListenerSnapshot listener) {
        return new Verdict.Source(
                identity(peer, listener),
                places(peer, listener)
                        .mapToObj(classes::get)
                        .map(SourceClass::id)
                        .toList());
    }

    /** Where those stand in the list that it is one of. */
    public IntStream places(Peer peer, ListenerSnapshot listener) {
        SourceIdentity identity = identity(peer, listener);
        return IntStream.range(0, classes.size())
                .filter(place ->
                        isIn(identity, classes.get(place).identities()) && comesFrom(peer, classes.get(place)));
    }

    private static boolean comesFrom(Peer peer, SourceClass one) {
        return one.ipBlocks().isEmpty() || one.ipBlocks().stream().anyMatch(block -> block.contains(peer.address()));
    }

    private static SourceIdentity identity(Peer peer, ListenerSnapshot listener) {
        return listener.listener().isMutual()
                ? certified(peer.certificate())
                : provenBy(peer, listener.jwt()).orElseGet(() -> new Address(peer.address()));
    }

    // Who shows a token that is not accepted is nobody, and refused besides.
    private static Optional<SourceIdentity> provenBy(Peer peer, List<JwtProvider> jwt) {
        return jwt.isEmpty()
                ? Optional.empty()
                : peer.token().stream()
                        .filter(token -> isSeen(token, jwt))
                        .findFirst()
                        .map(token -> isAccepted(token, jwt) ? named(token) : new Nobody());
    }

    /** Whether anybody of a listener looks where a token is. */
    static boolean isSeen(Peer.Token token, List<JwtProvider> jwt) {
        return jwt.stream().anyMatch(token::isSeenBy);
    }

    /** Whether a token is good for a listener that takes those. */
    static boolean isAccepted(Peer.Token token, List<JwtProvider> jwt) {
        return switch (token) {
            case Peer.Token.Proven proven ->
                jwt.stream()
                        .filter(proven::isSeenBy)
                        .anyMatch(provider ->
                                provider.issuer().equals(proven.identity().issuer()));
            case Peer.Token.Unproven unproven -> false;
        };
    }

    private static SourceIdentity named(Peer.Token token) {
        return switch (token) {
            case Peer.Token.Proven proven -> new Token(proven.identity().principal());
            case Peer.Token.Unproven unproven -> new Nobody();
        };
    }

    private static SourceIdentity certified(List<Peer.Certificate> shown) {
        return shown.stream()
                .findFirst()
                .map(certificate -> switch (certificate) {
                    case Peer.Certificate.Proven proven -> certified(proven);
                    case Peer.Certificate.Unproven unproven -> new Nobody();
                })
                .orElseGet(Nobody::new);
    }

    // A proxy that reads several names has them in one text, with commas between.
    private static SourceIdentity certified(Peer.Certificate.Proven certificate) {
        List<String> uriSans = certificate.uriSans();
        if (uriSans.size() > 1 || uriSans.stream().anyMatch(name -> name.contains(","))) {
            return new Ambiguous(uriSans);
        }
        return uriSans.stream()
                .filter(SpiffeId::isValid)
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
