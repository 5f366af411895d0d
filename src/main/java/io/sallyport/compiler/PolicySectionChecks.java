package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.security.TlsOrigination;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What sections of security policies do to each other, and to what is sent. */
final class PolicySectionChecks {
    // Of these the closest counts, so of two at one distance one would be ignored. The others add up.
    private static final Map<String, Function<SecurityPolicy, Collection<?>>> ONE_COUNTS = new TreeMap<>(Map.of(
            "tls", SecurityPolicy::tls,
            "headers", policy -> policy.traffic().headers(),
            "cors", policy -> policy.traffic().cors(),
            "externalAuthorization", policy -> policy.traffic().externalAuthorization(),
            "credentialInjection", policy -> policy.traffic().credentialInjection()));
    private static final Set<String> OF_DESTINATIONS = Set.of("tls", "credentialInjection");

    private final Checked checked;
    private final Report report;

    PolicySectionChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        for (Resource<SecurityPolicy> policy :
                checked.touched(checked.state().securityPolicies(), Kind.SECURITY_POLICY)) {
            others(policy).forEach(other -> twice(policy, other));
        }
        checked.state().securityPolicies().stream()
                .filter(policy -> !policy.spec().traffic().credentialInjection().isEmpty())
                .forEach(this::inTheClear);
    }

    private Stream<Resource<SecurityPolicy>> others(Resource<SecurityPolicy> policy) {
        return checked.state().securityPolicies().stream()
                .filter(other -> other.namespace().equals(policy.namespace()))
                .filter(other -> !other.name().equals(policy.name()));
    }

    private void twice(Resource<SecurityPolicy> policy, Resource<SecurityPolicy> other) {
        ONE_COUNTS.forEach((section, content) -> {
            if (isIn(policy, content) && isIn(other, content)) {
                shared(policy, other)
                        .filter(target ->
                                !OF_DESTINATIONS.contains(section) || target.kind() == PolicyTarget.Kind.DESTINATION)
                        .findFirst()
                        .ifPresent(target -> twice(policy, other, section, target));
            }
        });
    }

    private void twice(
            Resource<SecurityPolicy> policy, Resource<SecurityPolicy> other, String section, PolicyTarget target) {
        report.error(
                policy,
                "/spec/" + section,
                "PolicyConflict",
                "%s says '%s' of the same %s '%s', and one of the two would be ignored: say it in one of them"
                        .formatted(other.key(), section, named(target), target.name()));
    }

    private static Stream<PolicyTarget> shared(Resource<SecurityPolicy> policy, Resource<SecurityPolicy> other) {
        return policy.spec().targets().stream().filter(other.spec().targets()::contains);
    }

    private static boolean isIn(Resource<SecurityPolicy> policy, Function<SecurityPolicy, Collection<?>> section) {
        return !section.apply(policy.spec()).isEmpty();
    }

    private static String named(PolicyTarget target) {
        return switch (target.kind()) {
            case EGRESS_GATEWAY -> target.sectionName().isEmpty() ? "gateway" : "listener of gateway";
            case DESTINATION -> "destination";
        };
    }

    private void inTheClear(Resource<SecurityPolicy> policy) {
        List<ResourceName> destinations =
                DestinationPolicies.destinations(policy).toList();
        Map<ResourceName, TlsOrigination> originations = DestinationPolicies.originations(checked.state());
        for (ResourceName name : destinations) {
            checked.state()
                    .destination(name)
                    .filter(destination -> checked.isTouched(policy) || checked.isTouched(destination))
                    .filter(destination ->
                            isClear(destination, originations.getOrDefault(name, TlsOrigination.DEFAULT)))
                    .ifPresent(destination -> report.warning(
                            policy,
                            "/spec/credentialInjection",
                            "CredentialInClear",
                            "%s has ports that are spoken to without TLS, where the credential can be read on its way: use protocol HTTPS"
                                    .formatted(destination.key())));
        }
    }

    private static boolean isClear(Resource<Destination> destination, TlsOrigination tls) {
        return destination.spec().ports().stream()
                .anyMatch(port -> port.protocol().isReachableByHttp() && !tls.covers(port.protocol()));
    }
}
