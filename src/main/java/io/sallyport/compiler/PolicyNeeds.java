package io.sallyport.compiler;

import io.sallyport.compiler.cel.Condition;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.EffectivePolicy.Layer;
import io.sallyport.domain.snapshot.Enforceability;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must be seen of traffic so that policies can be enforced on it.
 *
 * @param certificates that sources show certificates
 * @param tokens that they show tokens, where none are looked at
 * @param connections more than can be enforced on what is not read: by its address and, at best, a name
 * @param tunnels what is inside of tunnels of CONNECT
 */
record PolicyNeeds(boolean certificates, boolean tokens, boolean connections, boolean tunnels) {

    /**
     * All that policies of a destination ask must be enforced; of those of a listener, what decides who may pass.
     *
     * @param authentication the sections that count
     * @param unread what of authorization can be enforced there on what is not read
     */
    static PolicyNeeds of(
            List<Layer> ofDestination,
            List<Layer> ofListener,
            List<Authentication> authentication,
            UnreadAuthorization unread) {
        List<TrafficPolicy> own = ofDestination.stream().map(Layer::traffic).toList();
        List<TrafficPolicy> further = ofListener.stream().map(Layer::traffic).toList();
        List<TrafficPolicy> all = Stream.concat(own.stream(), further.stream()).toList();
        return new PolicyNeeds(
                authentication.stream().anyMatch(Authentication::certificateRequired),
                unread.view().issuers().isEmpty()
                        && (authentication.stream().anyMatch(Authentication::tokenRequired)
                                || all.stream().anyMatch(PolicyNeeds::decidesByClaims)),
                own.stream().anyMatch(policy -> policy.asksMoreThanAuthorization())
                        || further.stream().anyMatch(PolicyNeeds::decidesByMoreThanAuthorization)
                        || all.stream()
                                .flatMap(policy -> policy.authorization().stream())
                                .anyMatch(rule -> decides(rule) && !unread.canEnforce(rule)),
                all.stream().anyMatch(PolicyNeeds::decidesByRequests)
                        || own.stream().anyMatch(PolicyNeeds::shapesRequests));
    }

    Enforceability enforceability(Listener listener, DestinationPort.Protocol protocol) {
        if (tokens || (certificates && !listener.isMutual())) {
            return Enforceability.NOWHERE;
        }
        return switch (listener.protocol()) {
            case HTTP, HTTPS -> Enforceability.WHOLLY;
            case CONNECT -> tunnels ? ofConnect(protocol) : Enforceability.WHOLLY;
            case TLS, TCP -> connections ? Enforceability.NOWHERE : Enforceability.WHOLLY;
        };
    }

    private static Enforceability ofConnect(DestinationPort.Protocol protocol) {
        return protocol.isReachableByHttp() ? Enforceability.IN_REQUESTS : Enforceability.NOWHERE;
    }

    private static boolean decidesByClaims(TrafficPolicy traffic) {
        return traffic.authorization().stream().filter(PolicyNeeds::decides).anyMatch(PolicyNeeds::isAboutClaims);
    }

    private static boolean decides(AuthorizationRule rule) {
        return rule.action() != AuthorizationRule.Action.AUDIT;
    }

    private static boolean isAboutClaims(AuthorizationRule rule) {
        return !rule.from().claims().isEmpty() || rule.when().stream().anyMatch(text -> Condition.mayAskOfTokens(text));
    }

    private static boolean decidesByMoreThanAuthorization(TrafficPolicy traffic) {
        return traffic.authentication().stream().anyMatch(one -> one.tokenRequired())
                || !traffic.externalAuthorization().isEmpty();
    }

    private static boolean decidesByRequests(TrafficPolicy traffic) {
        return traffic.authorization().stream().anyMatch(PolicyNeeds::isAboutRequests)
                || !traffic.externalAuthorization().isEmpty();
    }

    private static boolean isAboutRequests(AuthorizationRule rule) {
        return decides(rule)
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
