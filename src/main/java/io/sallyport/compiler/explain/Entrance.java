package io.sallyport.compiler.explain;

import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.SourceIdentity;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.gateway.Listener.Protocol;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import java.util.List;
import java.util.Optional;

/** What is refused before it is asked whose host it is and what the rules say. The first that applies holds. */
record Entrance(Scene scene, SourceIdentity source) {

    /** Why it goes no further; empty where it does. */
    Optional<Reason> refusal(Optional<AskedHost> asked) {
        if (listener().listener().isAskedFrom(question().peer().address())) {
            return Optional.of(Reason.DEFAULT_DENY);
        }
        if (isWithoutCertificate()) {
            return Optional.of(Reason.HANDSHAKE);
        }
        if (asked.isEmpty()) {
            return Optional.of(Reason.MALFORMED_HOST);
        }
        if (source instanceof SourceIdentity.Ambiguous) {
            return Optional.of(Reason.AMBIGUOUS_IDENTITY);
        }
        if (isForAnotherName(asked.get())) {
            return Optional.of(Reason.OTHER_NAME);
        }
        if (showsBadToken()) {
            return Optional.of(Reason.INVALID_TOKEN);
        }
        return scene.requiresToken() && scene.token().isEmpty() ? Optional.of(Reason.TOKEN_REQUIRED) : Optional.empty();
    }

    private ListenerSnapshot listener() {
        return scene.listener();
    }

    private Question question() {
        return scene.question();
    }

    private boolean isWithoutCertificate() {
        return listener().listener().isMutual()
                && question().peer().certificate().stream().noneMatch(Peer.Certificate.Proven.class::isInstance);
    }

    // A CONNECT listener is spoken to by its own name.
    private boolean isForAnotherName(AskedHost asked) {
        return listener().listener().protocol() == Protocol.HTTPS
                && serverName().stream().anyMatch(name -> !asked.host().contains(HostPattern.canonical(name)));
    }

    private List<String> serverName() {
        return switch (question().approach()) {
            case Approach.HttpRequest request -> request.serverName();
            case Approach.Tunnel tunnel -> List.of();
            case Approach.ClientHello hello -> List.of();
            case Approach.Connection connection -> List.of();
        };
    }

    private boolean showsBadToken() {
        return scene.takesTokens()
                && scene.token().stream()
                        .anyMatch(token ->
                                !SourceView.isAccepted(token, listener().jwt()));
    }
}
