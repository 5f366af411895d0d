package io.sallyport.domain;

import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.PolicyTarget;
import java.util.List;

/**
 * What a gateway, a listener or a destination asks of traffic beyond rules.
 *
 * @param targets at least one
 * @param jwt whose tokens prove who a source is, on the targets that are gateways or listeners
 * @param caBundle who may sign the certificates of the targets that are destinations: a {@code Credential} of type
 *     CaBundle, of the policy's namespace; the system's authorities without; at most one
 */
public record SecurityPolicy(List<PolicyTarget> targets, List<JwtProvider> jwt, List<ResourceName> caBundle)
        implements Spec {
    public SecurityPolicy {
        targets = List.copyOf(targets);
        jwt = List.copyOf(jwt);
        caBundle = List.copyOf(caBundle);
        if (targets.isEmpty() || caBundle.size() > 1) {
            throw new IllegalArgumentException("a policy has at least one targetRef and at most one caRef");
        }
    }
}
