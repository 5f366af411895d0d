package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Enforcement;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.workload.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Whose destinations and rules one gateway knows: those of the namespaces that it admits, and of its own. */
record Admission(DesiredState state, Resource<EgressGateway> gateway) {

    boolean admits(Name namespace) {
        return gateway.spec().allowedNamespaces().admits(gateway.namespace(), namespace, labelsOf(namespace));
    }

    Stream<Resource<Destination>> destinations() {
        return state.destinations().stream().filter(destination -> admits(destination.namespace()));
    }

    /** The destination of that name, if the gateway knows it. */
    Optional<Resource<Destination>> destination(ResourceName name) {
        return state.destination(name).filter(found -> admits(found.namespace()));
    }

    /** The hosts of a destination, without repeats; those outside the scopes of its namespace are cut. */
    List<HostPattern> hosts(Resource<Destination> destination) {
        return withinScopes(destination, destination.spec().hosts().stream());
    }

    /** The ranges of a destination, likewise: only a scope of all hosts includes addresses. */
    List<HostPattern> ranges(Resource<Destination> destination) {
        return withinScopes(destination, destination.spec().addresses().stream().map(HostPattern::ofRange));
    }

    // What is outside the scopes is refused when written; it is cut where the scopes shrink later.
    private List<HostPattern> withinScopes(Resource<Destination> destination, Stream<HostPattern> hosts) {
        Scopes scopes = Scoping.of(state, destination.namespace());
        return hosts.distinct().filter(scopes::include).toList();
    }

    /**
     * Whether it is a rule here that decides or is counted. Tiers that speak about everyone count only where the
     * operator of the gateway wrote them.
     */
    boolean counts(Resource<EgressRule> rule) {
        return rule.spec().isOf(gateway.name())
                && rule.spec().enforcement() != Enforcement.OFF
                && !rule.spec().validity().isOver()
                && admits(rule.namespace())
                && (rule.spec().tier() == Tier.NAMESPACE || rule.namespace().equals(gateway.namespace()));
    }

    private SortedMap<String, String> labelsOf(Name namespace) {
        return state.namespace(namespace)
                .map(found -> found.metadata().labels())
                .orElseGet(Metadata::noLabels);
    }
}
