package io.sallyport.compiler.explain;

import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import java.util.List;

/**
 * A request at a listener, and what policies ask of it there.
 *
 * @param listener with the tokens that are taken for proof where the request is for
 */
record Scene(ListenerSnapshot listener, Question question, EffectivePolicy policy) {

    boolean takesTokens() {
        return !listener.jwt().isEmpty()
                && !listener.listener().isMutual()
                && listener.listener().protocol().isHttp();
    }

    /** The one that is looked at; at most one. */
    List<Peer.Token> token() {
        return question.peer().token().stream()
                .filter(token -> SourceView.isSeen(token, listener.jwt()))
                .toList();
    }

    boolean requiresToken() {
        return takesTokens() && policy.authentication().stream().anyMatch(Authentication::tokenRequired);
    }

    Permission permission(Verdict.Source source, AskedHost asked, PortNumber port) {
        return new Permission(
                policy.authorization(),
                new ClauseTrial(
                        source, asked, port, Attributes.of(listener, question, takesTokens() ? token() : List.of())));
    }
}
