package io.sallyport.compiler.risk;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Workload;
import io.sallyport.domain.decision.FlowChange;
import io.sallyport.domain.decision.SourcePart;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.workload.Scopes;
import io.sallyport.domain.workload.WorkloadIdentity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whose business the flows of a state are. Remembers what it found; of one thread. */
final class Speakers {
    private static final String OURS = "sallyport/";

    private final DesiredState state;
    private final Set<String> names = new HashSet<>();
    private final Set<Cidr> ranges = new HashSet<>();
    private final Map<SourcePart, Set<Name>> known = new HashMap<>();

    Speakers(DesiredState state) {
        this.state = state;
        state.workloads().stream()
                .map(Resource::spec)
                .map(Workload::identities)
                .flatMap(List::stream)
                .forEach(this::add);
    }

    private void add(WorkloadIdentity identity) {
        switch (identity) {
            case WorkloadIdentity.BySpiffeId name -> names.add(name.id().value());
            case WorkloadIdentity.ByJwt token -> names.add(token.principal());
            case WorkloadIdentity.ByAddress address -> ranges.add(address.range());
        }
    }

    /** Whether all of them are of declared workloads. */
    boolean areDeclared(SourcePart source) {
        if (!source.principal().isEmpty()) {
            return names.contains(source.principal().getFirst().value());
        }
        return source.range().stream().anyMatch(this::isDeclared);
    }

    private boolean isDeclared(Cidr range) {
        for (int length = range.prefixLength(); length >= 0; length--) {
            if (ranges.contains(range.widened(length))) {
                return true;
            }
        }
        return false;
    }

    /** Those who speak for the sources, and own the destination, the rule that allows it, and the gateway. */
    Set<Name> concerned(FlowChange flow) {
        Set<Name> concerned = new TreeSet<>(known.computeIfAbsent(flow.source(), this::speaking));
        concerned.add(flow.destination().namespace());
        concerned.add(flow.gateway().namespace());
        if (!flow.after().startsWith(OURS)) {
            concerned.add(ResourceName.parse(flow.after()).namespace());
        }
        return concerned;
    }

    private Set<Name> speaking(SourcePart source) {
        Set<Name> speaking = new TreeSet<>();
        state.namespaces().stream()
                .filter(namespace -> mayBeOf(namespace.spec().scopes(), source))
                .map(Resource::namespace)
                .forEach(speaking::add);
        return speaking;
    }

    private static boolean mayBeOf(Scopes scopes, SourcePart source) {
        for (PrincipalPattern principal : source.principal()) {
            return scopes.principals().stream().anyMatch(principal::overlaps);
        }
        for (Cidr range : source.range()) {
            return scopes.cidrs().stream().anyMatch(range::overlaps);
        }
        return true;
    }
}
