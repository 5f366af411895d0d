package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.workload.Scopes;
import io.sallyport.identity.Access;
import java.util.stream.Stream;

/** Nobody finds out by asking what sources of a namespace may that he may not read. */
record ForeignSource(Access access, DesiredState state) {

    /** Throws {@code Forbidden} where somebody else's namespace speaks for what the peer shows. */
    void refuse(Peer peer) {
        boolean isForeign = state.namespaces().stream()
                .filter(namespace -> !access.mayRead(namespace.key()))
                .anyMatch(namespace -> speaksFor(namespace, peer));
        if (isForeign) {
            throw new FailureException(
                    new Failure.Forbidden(
                            "The source is one of a namespace that you may not read: a role is needed there, or one in the gateway's namespace that may read its snapshot."));
        }
    }

    private static boolean speaksFor(Resource<Namespace> namespace, Peer peer) {
        Scopes scopes = namespace.spec().scopes();
        return scopes.include(Cidr.ofSingle(peer.address()))
                || Stream.concat(certified(peer), tokens(peer))
                        .anyMatch(name -> scopes.principals().stream().anyMatch(scope -> scope.matches(name)));
    }

    private static Stream<String> certified(Peer peer) {
        return peer.certificate().stream().flatMap(shown -> switch (shown) {
            case Peer.Certificate.Proven proven -> proven.uriSans().stream();
            case Peer.Certificate.Unproven ignored -> Stream.of();
        });
    }

    private static Stream<String> tokens(Peer peer) {
        return peer.token().stream().flatMap(shown -> switch (shown) {
            case Peer.Token.Proven proven -> Stream.of(proven.identity().principal());
            case Peer.Token.Unproven ignored -> Stream.of();
        });
    }
}
