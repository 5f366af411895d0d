package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Workload;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.workload.WorkloadIdentity;
import io.sallyport.domain.workload.WorkloadIdentity.ByAddress;
import io.sallyport.domain.workload.WorkloadIdentity.BySpiffeId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who a source is for a listener that sees nothing but the peer's address. */
final class AddressView {
    private final DesiredState state;
    private final WorkloadIndex workloads;
    private final Map<Name, AddressRanges> scopes = new HashMap<>();

    AddressView(DesiredState state) {
        this.state = state;
        workloads = new WorkloadIndex(state);
    }

    /** Everyone whom the entry means and the listener can recognise. */
    AddressRanges meant(ScopedSource entry) {
        if (!entry.source().principals().isEmpty()) {
            return AddressRanges.NOBODY;
        }
        AddressRanges meant = AddressRanges.EVERYONE;
        if (!entry.source().ipBlocks().isEmpty()) {
            meant = AddressRanges.of(entry.source().ipBlocks()).within(meant);
        }
        if (entry.namesNamespaces()) {
            meant = meant.within(scopesOf(entry.namespaces()));
        }
        for (LabelSelector selector : entry.source().workloads()) {
            meant = meant.within(addressesOf(selected(entry, selector)));
        }
        return entry.speaker().isEmpty() ? meant : meant.within(scopesOf(entry.speaker()));
    }

    /** Whether the listener recognises everyone whom the entry means. */
    boolean canTellApart(ScopedSource entry) {
        return entry.source().principals().isEmpty() && unrecognised(entry).isEmpty();
    }

    /** The selected workloads that have no address to be recognised by. */
    List<Resource<Workload>> unrecognised(ScopedSource entry) {
        return entry.source().workloads().stream()
                .flatMap(selector -> selected(entry, selector).stream())
                .filter(workload -> addresses(workload).findAny().isEmpty())
                .toList();
    }

    private List<Resource<Workload>> selected(ScopedSource entry, LabelSelector selector) {
        if (entry.namesNamespaces()) {
            return entry.namespaces().isEmpty() ? List.of() : workloads.matching(selector, entry.namespaces());
        }
        return workloads.matching(selector, entry.speaker());
    }

    private AddressRanges addressesOf(Collection<Resource<Workload>> selected) {
        return AddressRanges.of(
                selected.stream().flatMap(this::addressesWithinScopes).toList());
    }

    private Stream<Cidr> addressesWithinScopes(Resource<Workload> workload) {
        AddressRanges limit = scopesOf(workload.namespace());
        return addresses(workload).flatMap(range -> AddressRanges.of(List.of(range)).within(limit).ranges().stream());
    }

    private static Stream<Cidr> addresses(Resource<Workload> workload) {
        return workload.spec().identities().stream().flatMap(identity -> switch (identity) {
            case ByAddress address -> Stream.of(address.range());
            case BySpiffeId ignored -> Stream.empty();
            case WorkloadIdentity.ByJwt ignored -> Stream.empty();
        });
    }

    private AddressRanges scopesOf(Collection<Name> namespaces) {
        return AddressRanges.of(namespaces.stream()
                .flatMap(namespace -> scopesOf(namespace).ranges().stream())
                .toList());
    }

    private AddressRanges scopesOf(Name namespace) {
        return scopes.computeIfAbsent(namespace, name -> Scoping.addresses(state, name));
    }
}
