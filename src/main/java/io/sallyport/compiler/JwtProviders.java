package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.PolicyTarget;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Whose tokens a listener takes for proof: as the policies of the gateway's namespace say, the closest of them. */
final class JwtProviders {
    private JwtProviders() {}

    /** By issuer; none where the listener reads no tokens, or where every source shows a certificate. */
    static List<JwtProvider> of(DesiredState state, Resource<EgressGateway> gateway, Listener listener) {
        if (!listener.protocol().isHttp() || listener.isMutual()) {
            return List.of();
        }
        Predicate<PolicyTarget> attached =
                target -> target.includes(gateway.name().name(), listener.name());
        List<JwtProvider> ofListener =
                of(state, gateway, attached.and(target -> !target.sectionName().isEmpty()));
        return ofListener.isEmpty() ? of(state, gateway, attached) : ofListener;
    }

    // Where two policies speak of one issuer, the first by name counts.
    private static List<JwtProvider> of(
            DesiredState state, Resource<EgressGateway> gateway, Predicate<PolicyTarget> wanted) {
        SortedMap<String, JwtProvider> byIssuer = new TreeMap<>();
        for (Resource<SecurityPolicy> policy : state.securityPolicies()) {
            if (policy.namespace().equals(gateway.namespace())
                    && policy.spec().targets().stream().anyMatch(wanted)) {
                policy.spec().jwt().forEach(provider -> byIssuer.putIfAbsent(provider.issuer(), provider));
            }
        }
        return List.copyOf(byIssuer.values());
    }
}
