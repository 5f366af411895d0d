package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.Denial;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.workload.Scopes;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whose business a denial is: of the namespace that speaks for the source, of the one whose rule decided, and of the
 * gateway's.
 */
public final class ConcernedNamespaces implements Function<Denial, Set<Name>> {
    private final Supplier<DesiredState> state;

    public ConcernedNamespaces(Supplier<DesiredState> state) {
        this.state = state;
    }

    @Override
    public Set<Name> apply(Denial denial) {
        Set<Name> concerned = new TreeSet<>();
        concerned.add(denial.agent().gateway().namespace());
        DesiredState now = state.get();
        now.namespaces().stream()
                .filter(namespace -> speaksFor(namespace.spec().scopes(), denial.asked()))
                .map(Resource::namespace)
                .forEach(concerned::add);
        ownerOfRule(now, denial).ifPresent(concerned::add);
        return concerned;
    }

    // An agent of one gateway must not write into the books of those who have no rule there.
    private static Optional<Name> ownerOfRule(DesiredState state, Denial denial) {
        return name(denial.refusal().rule())
                .flatMap(state::rule)
                .filter(rule -> rule.spec().isOf(denial.agent().gateway()))
                .map(Resource::namespace);
    }

    private static Optional<ResourceName> name(String rule) {
        try {
            return Optional.of(ResourceName.parse(rule));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    // As rules see it: who proved who he is is nobody's by his address.
    private static boolean speaksFor(Scopes scopes, Denial.Asked asked) {
        if (!asked.identity().isEmpty()) {
            return scopes.principals().stream().anyMatch(scope -> scope.matches(asked.identity()));
        }
        return IpAddress.isValid(asked.source()) && scopes.include(Cidr.ofSingle(new IpAddress(asked.source())));
    }
}
