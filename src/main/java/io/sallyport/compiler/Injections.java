package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.security.CredentialInjection;
import java.util.HashMap;
import java.util.Map;

/** What credentials go with requests to destinations, where a policy of their namespace says so; the first of them by name. */
final class Injections {
    private Injections() {}

    static Map<ResourceName, CredentialInjection> of(DesiredState state) {
        Map<ResourceName, CredentialInjection> byDestination = new HashMap<>();
        for (Resource<SecurityPolicy> policy : state.securityPolicies()) {
            for (CredentialInjection injection : policy.spec().traffic().credentialInjection()) {
                Originations.destinations(policy).forEach(name -> byDestination.putIfAbsent(name, injection));
            }
        }
        return byDestination;
    }
}
