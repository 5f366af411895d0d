package io.sallyport.compiler;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Enforcement;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.Workload;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.security.PolicyTarget;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which gateways a change can concern; others need not be compiled again. */
public final class TouchedGateways {

    /** Gateways, of either state, whose snapshot may differ; one that is gone is among them. */
    public Set<ResourceName> of(DesiredState before, DesiredState after, Collection<? extends Change> changes) {
        return of(before, after, changes.stream().map(Change::key));
    }

    /** The same of what was written, by its keys. */
    static Set<ResourceName> of(DesiredState before, DesiredState after, Stream<ResourceKey> written) {
        Set<ResourceName> touched = written.flatMap(
                        key -> Stream.concat(dependents(before, key), dependents(after, key)))
                .collect(Collectors.toCollection(TreeSet::new));
        touched.removeIf(
                name -> before.gateway(name).isEmpty() && after.gateway(name).isEmpty());
        return touched;
    }

    /** The gateways that run something of a resource, or may come to; none where it is not there. */
    public static Set<ResourceName> concerned(DesiredState state, ResourceKey key) {
        return dependents(state, key)
                .filter(name -> state.gateway(name).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<ResourceName> dependents(DesiredState state, ResourceKey key) {
        return state.find(key).stream().flatMap(resource -> switch (key.kind()) {
            case ROLE_BINDING, GUARDRAIL, APPROVAL_POLICY -> Stream.empty();
            case EGRESS_GATEWAY -> Stream.of(key.name());
            case DESTINATION -> admitting(state, key.namespace());
            case TRAFFIC_ROUTE -> ofRoute(state, resource);
            case SECURITY_POLICY -> ofPolicy(state, resource);
            case CREDENTIAL -> ofCredential(state, key.name());
            case EGRESS_RULE -> rule(resource).stream().flatMap(TouchedGateways::gateways);
            case WORKLOAD -> ofRules(state, rule -> maySelect(rule, resource));
            case NAMESPACE ->
                Stream.of(
                                admitting(state, key.namespace()),
                                ofRules(state, rule -> dependsOn(rule, key.namespace())),
                                speakingOf(state, key.namespace()))
                        .flatMap(names -> names);
        });
    }

    private static Stream<ResourceName> ofRoute(DesiredState state, Resource<?> resource) {
        return resource.spec() instanceof TrafficRoute route
                ? route.parents().stream().flatMap(parent -> switch (parent.kind()) {
                    case EGRESS_GATEWAY -> Stream.of(new ResourceName(resource.namespace(), parent.name()));
                    case DESTINATION ->
                        state.destination(new ResourceName(resource.namespace(), parent.name())).stream()
                                .flatMap(known -> admitting(state, known.namespace()));
                })
                : Stream.of();
    }

    private static Stream<ResourceName> ofPolicy(DesiredState state, Resource<?> resource) {
        return resource.spec() instanceof SecurityPolicy policy
                ? Stream.concat(
                        ofTraffic(policy, resource.namespace()), ofDestinations(state, policy, resource.namespace()))
                : Stream.of();
    }

    private static Stream<ResourceName> ofTraffic(SecurityPolicy policy, Name namespace) {
        return policy.traffic().asksNothing()
                ? Stream.of()
                : policy.targets().stream()
                        .filter(target -> target.kind() == PolicyTarget.Kind.EGRESS_GATEWAY)
                        .map(target -> new ResourceName(namespace, target.name()));
    }

    private static Stream<ResourceName> ofDestinations(DesiredState state, SecurityPolicy policy, Name namespace) {
        boolean isKnown = policy.targets().stream()
                .filter(target -> target.kind() == PolicyTarget.Kind.DESTINATION)
                .anyMatch(target -> state.destination(new ResourceName(namespace, target.name()))
                        .isPresent());
        return isKnown ? admitting(state, namespace) : Stream.of();
    }

    // A credential is used from its own namespace alone.
    private static Stream<ResourceName> ofCredential(DesiredState state, ResourceName name) {
        Stream<ResourceName> ownUsers = state.gateways().stream()
                .filter(gateway -> gateway.namespace().equals(name.namespace()))
                .filter(gateway -> SecretTable.references(gateway.spec()).anyMatch(name::equals))
                .map(Resource::name);
        Stream<ResourceName> users = state.securityPolicies().stream()
                .filter(policy -> policy.namespace().equals(name.namespace()))
                .filter(policy -> policy.spec().credentials().anyMatch(name::equals))
                .flatMap(policy -> ofPolicy(state, policy));
        return Stream.concat(ownUsers, users);
    }

    // The scopes of a namespace say who is in it, for policies too.
    private static Stream<ResourceName> speakingOf(DesiredState state, Name namespace) {
        return state.securityPolicies().stream()
                .filter(policy -> policy.spec().traffic().authorization().stream()
                        .anyMatch(rule -> rule.from().namespaces().contains(namespace)))
                .flatMap(policy -> ofPolicy(state, policy));
    }

    private static Optional<EgressRule> rule(Resource<?> resource) {
        return resource.spec() instanceof EgressRule rule ? Optional.of(rule) : Optional.empty();
    }

    private static Stream<ResourceName> admitting(DesiredState state, Name namespace) {
        return state.gateways().stream()
                .filter(gateway -> new Admission(state, gateway).admits(namespace))
                .map(Resource<EgressGateway>::name);
    }

    private static Stream<ResourceName> ofRules(DesiredState state, Predicate<Resource<EgressRule>> wanted) {
        return state.rules().stream()
                .filter(rule -> rule.spec().enforcement() != Enforcement.OFF)
                .filter(wanted)
                .flatMap(rule -> gateways(rule.spec()));
    }

    private static Stream<ResourceName> gateways(EgressRule rule) {
        return Stream.concat(Stream.of(rule.gateway()), rule.forwarding().failoverGateways().stream());
    }

    private static boolean maySelect(Resource<EgressRule> rule, Resource<?> resource) {
        return resource.spec() instanceof Workload workload
                && (rule.spec().tier() != Tier.NAMESPACE || rule.namespace().equals(resource.namespace()))
                && rule.spec().from().stream().anyMatch(entry -> selects(entry, workload));
    }

    private static boolean selects(Source entry, Workload workload) {
        return entry.workloads().stream().anyMatch(selector -> selector.matches(workload.labels()));
    }

    // The scopes of a namespace cut its rules, what rules say of it, and its workloads wherever they are selected.
    private static boolean dependsOn(Resource<EgressRule> rule, Name namespace) {
        return rule.namespace().equals(namespace)
                || (rule.spec().tier() != Tier.NAMESPACE
                        && rule.spec().from().stream()
                                .anyMatch(entry -> entry.namespaces().contains(namespace)
                                        || !entry.workloads().isEmpty()));
    }
}
