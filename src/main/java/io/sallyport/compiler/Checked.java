package io.sallyport.compiler;

import io.sallyport.compiler.Finding.Severity;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Spec;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A state to be checked, with what was touched and what depends on that. */
record Checked(DesiredState state, Set<ResourceKey> touched, Instant now) {

    boolean isTouched(Resource<?> resource) {
        return touched.contains(resource.key());
    }

    boolean isNamespaceTouched(Name namespace) {
        return touched.contains(ResourceKey.ofNamespace(namespace));
    }

    /** A writer is refused; what others tighten is never refused for it, what is cut then is told. */
    Severity refusedOrCut(Resource<?> resource) {
        return isTouched(resource) ? Severity.ERROR : Severity.WARNING;
    }

    <S extends Spec> List<Resource<S>> touched(Collection<Resource<S>> all, Kind kind) {
        boolean any = touched.stream().anyMatch(key -> key.kind() == kind);
        return any ? all.stream().filter(this::isTouched).toList() : List.of();
    }

    /** Touched rules, and those that something touched was named by. */
    List<Resource<EgressRule>> rules() {
        if (touched.stream().allMatch(key -> key.kind() == Kind.EGRESS_RULE)) {
            return touchedRules();
        }
        return state.rules().stream()
                .filter(rule -> isTouched(rule) || namesTouched(rule))
                .toList();
    }

    List<Resource<EgressRule>> touchedRules() {
        SortedMap<ResourceName, Resource<EgressRule>> found = new TreeMap<>();
        for (ResourceKey key : touched) {
            state.rule(key.name()).ifPresent(rule -> found.put(rule.name(), rule));
        }
        return List.copyOf(found.values());
    }

    private boolean namesTouched(Resource<EgressRule> rule) {
        return isNamespaceTouched(rule.namespace())
                || touched.contains(
                        new ResourceKey(Kind.EGRESS_GATEWAY, rule.spec().gateway()))
                || rule.spec().forwarding().failoverGateways().stream()
                        .anyMatch(name -> touched.contains(new ResourceKey(Kind.EGRESS_GATEWAY, name)))
                || rule.spec().to().stream()
                        .flatMap(target -> target.destination().stream())
                        .anyMatch(name -> touched.contains(new ResourceKey(Kind.DESTINATION, name)));
    }

    /** Touched destinations, those of touched namespaces, and those that a touched gateway knows. */
    List<Resource<Destination>> destinations() {
        if (touched.stream().allMatch(key -> key.kind() == Kind.EGRESS_RULE || key.kind() == Kind.WORKLOAD)) {
            return List.of();
        }
        List<Admission> gateways = touched(state.gateways(), Kind.EGRESS_GATEWAY).stream()
                .map(gateway -> new Admission(state, gateway))
                .toList();
        return state.destinations().stream()
                .filter(one -> isTouched(one)
                        || isNamespaceTouched(one.namespace())
                        || gateways.stream().anyMatch(gateway -> gateway.admits(one.namespace())))
                .toList();
    }

    /** The gateways that know the destinations of a namespace. */
    Stream<Resource<EgressGateway>> gatewaysAdmitting(Name namespace) {
        return state.gateways().stream().filter(gateway -> new Admission(state, gateway).admits(namespace));
    }
}
