package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.security.CredentialInjection;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.security.TlsOrigination;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** How gateways lead on to destinations, where a policy of their namespace says so; the first of them by name. */
final class DestinationPolicies {
    private DestinationPolicies() {}

    /** By destination; {@link TlsOrigination#DEFAULT} holds for those that are not there. */
    static Map<ResourceName, TlsOrigination> originations(DesiredState state) {
        return sections(
                state,
                policy -> policy.tls().stream().map(TlsOrigination::inForce).toList());
    }

    /** What credentials go with requests, by destination. */
    static Map<ResourceName, CredentialInjection> injections(DesiredState state) {
        return sections(state, policy -> policy.traffic().credentialInjection());
    }

    /** The destinations that a policy is attached to. */
    static Stream<ResourceName> destinations(Resource<SecurityPolicy> policy) {
        return policy.spec().targets().stream()
                .filter(target -> target.kind() == PolicyTarget.Kind.DESTINATION)
                .map(target -> new ResourceName(policy.namespace(), target.name()));
    }

    private static <T> Map<ResourceName, T> sections(DesiredState state, Function<SecurityPolicy, List<T>> section) {
        Map<ResourceName, T> byDestination = new HashMap<>();
        for (Resource<SecurityPolicy> policy : state.securityPolicies()) {
            section.apply(policy.spec())
                    .forEach(said -> destinations(policy).forEach(name -> byDestination.putIfAbsent(name, said)));
        }
        return byDestination;
    }
}
