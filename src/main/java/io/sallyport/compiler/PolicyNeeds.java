package io.sallyport.compiler;

import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.EffectivePolicy.Layer;
import io.sallyport.domain.snapshot.Enforceability;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must be seen of traffic so that policies can be enforced on it.
 *
 * @param ofDestination all that they ask must be enforced
 * @param ofListener what decides who may pass must be; the rest holds for what the listener can see
 */
record PolicyNeeds(List<Layer> ofDestination, List<Layer> ofListener) {

    Enforceability enforceability(Listener listener, DestinationPort port) {
        if (!listener.isMutual() && all().anyMatch(PolicyNeeds::wantsCertificate)) {
            return Enforceability.NOWHERE;
        }
        return switch (listener.protocol()) {
            case HTTP, HTTPS -> Enforceability.WHOLLY;
            case CONNECT -> ofConnect(port);
            case TLS, TCP -> isMoreThanConnections() ? Enforceability.NOWHERE : Enforceability.WHOLLY;
        };
    }

    private Enforceability ofConnect(DestinationPort port) {
        if (!isMoreThanTunnels()) {
            return Enforceability.WHOLLY;
        }
        return port.protocol().isReachableByHttp() ? Enforceability.IN_REQUESTS : Enforceability.NOWHERE;
    }

    // Of a connection a gateway sees its address and, at best, a name.
    private boolean isMoreThanConnections() {
        return ofDestination.stream().anyMatch(layer -> !layer.traffic().asksNothing())
                || ofListener.stream().map(Layer::traffic).anyMatch(PolicyNeeds::decidesWhoMayPass);
    }

    // Of a tunnel it sees the CONNECT request, tokens and all, and nothing of what is inside.
    private boolean isMoreThanTunnels() {
        return all().anyMatch(PolicyNeeds::decidesByRequests)
                || ofDestination.stream().map(Layer::traffic).anyMatch(PolicyNeeds::shapesRequests);
    }

    private Stream<TrafficPolicy> all() {
        return Stream.concat(ofDestination.stream(), ofListener.stream()).map(Layer::traffic);
    }

    private static boolean wantsCertificate(TrafficPolicy traffic) {
        return traffic.authentication().stream().anyMatch(one -> one.certificateRequired());
    }

    private static boolean decidesWhoMayPass(TrafficPolicy traffic) {
        return traffic.authentication().stream().anyMatch(one -> one.tokenRequired())
                || traffic.authorization().stream().anyMatch(rule -> rule.action() != AuthorizationRule.Action.AUDIT)
                || !traffic.externalAuthorization().isEmpty();
    }

    private static boolean decidesByRequests(TrafficPolicy traffic) {
        return traffic.authorization().stream().anyMatch(PolicyNeeds::isAboutRequests)
                || !traffic.externalAuthorization().isEmpty();
    }

    private static boolean isAboutRequests(AuthorizationRule rule) {
        return rule.action() != AuthorizationRule.Action.AUDIT
                && !(rule.to().methods().isEmpty()
                        && rule.to().paths().isEmpty()
                        && rule.when().isEmpty());
    }

    private static boolean shapesRequests(TrafficPolicy traffic) {
        return !traffic.rateLimit().isEmpty()
                || !traffic.requestLimits().isEmpty()
                || !traffic.headers().isEmpty()
                || !traffic.cors().isEmpty()
                || !traffic.credentialInjection().isEmpty();
    }
}
