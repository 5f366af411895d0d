package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything that carries some labels is to be gone, but for what the same order names.
 *
 * @param selector never empty
 * @param namespaces where it is looked for
 */
public record Prune(LabelSelector selector, Set<Name> namespaces) {
    public Prune {
        namespaces = Set.copyOf(namespaces);
        if (selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty()) {
            throw new IllegalArgumentException("what selects everything is no selection to prune by");
        }
    }

    /** What of a state is to be taken away, by kind and name. */
    Stream<Resource<?>> of(DesiredState state, Set<ResourceKey> named) {
        return Stream.of(Kind.values())
                .filter(Prune::isPruned)
                .flatMap(kind -> state.resources(kind).values().stream())
                .filter(resource -> namespaces.contains(resource.namespace()))
                .filter(resource -> selector.matches(resource.metadata().labels()))
                .filter(resource -> !named.contains(resource.key()));
    }

    // Who may do what and where, and what must hold, does not vanish because a file was not sent.
    private static boolean isPruned(Kind kind) {
        return switch (kind) {
            case NAMESPACE, ROLE_BINDING, GUARDRAIL, APPROVAL_POLICY -> false;
            case EGRESS_GATEWAY, DESTINATION, WORKLOAD, EGRESS_RULE, TRAFFIC_ROUTE, SECURITY_POLICY, CREDENTIAL -> true;
        };
    }
}
