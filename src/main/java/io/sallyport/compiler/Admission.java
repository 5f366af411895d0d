package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
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

    /** Tiers that speak about everyone count only where the operator of the gateway wrote them. */
    boolean counts(Resource<EgressRule> rule) {
        return rule.spec().gateway().equals(gateway.name())
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
