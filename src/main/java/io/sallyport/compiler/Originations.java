package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.security.TlsOrigination;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** How gateways speak TLS to destinations, where a policy of their namespace says so; the first of them by name. */
final class Originations {
    private Originations() {}

    /** By destination; {@link TlsOrigination#DEFAULT} holds for those that are not there. */
    static Map<ResourceName, TlsOrigination> of(DesiredState state) {
        Map<ResourceName, TlsOrigination> byDestination = new HashMap<>();
        for (Resource<SecurityPolicy> policy : state.securityPolicies()) {
            for (TlsOrigination tls : policy.spec().tls()) {
                destinations(policy).forEach(name -> byDestination.putIfAbsent(name, tls.inForce()));
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
