package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.security.PolicyTarget;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Who may sign the certificates of destinations, where a policy of their namespace says so; the first of them by name. */
final class CaBundles {
    private CaBundles() {}

    /** The names of credentials, by destination. */
    static Map<ResourceName, ResourceName> of(DesiredState state) {
        Map<ResourceName, ResourceName> byDestination = new HashMap<>();
        for (Resource<SecurityPolicy> policy : state.securityPolicies()) {
            for (ResourceName bundle : policy.spec().caBundle()) {
                destinations(policy).forEach(name -> byDestination.putIfAbsent(name, bundle));
            }
        }
        return byDestination;
    }

    /** The destinations that a policy is attached to. */
    static Stream<ResourceName> destinations(Resource<SecurityPolicy> policy) {
        return policy.spec().targets().stream()
                .filter(target -> target.kind() == PolicyTarget.Kind.DESTINATION)
                .map(target -> new ResourceName(policy.namespace(), target.name()));
    }
}
