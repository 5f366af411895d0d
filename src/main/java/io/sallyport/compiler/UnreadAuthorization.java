package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Name;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.security.AuthorizationRule;

/**
 * What of authorization can be enforced on connections that a listener passes on unread: it sees an address and a port, and
 * a TLS listener the name of the server.
 */
record UnreadAuthorization(DesiredState state, Listener listener, ListenerView view) {

    boolean canEnforce(AuthorizationRule rule) {
        return !rule.asksOfRequests()
                && rule.from().principals().stream().allMatch(view::sees)
                && rule.from().namespaces().stream().allMatch(this::isRecognised)
                && (listener.protocol() == Listener.Protocol.TLS
                        || rule.to().hosts().stream().allMatch(HostPattern::isEverything));
    }

    private boolean isRecognised(Name namespace) {
        var scopes = Identities.of(Scoping.of(state, namespace));
        return scopes.isEmpty() || view.sees(scopes);
    }
}
