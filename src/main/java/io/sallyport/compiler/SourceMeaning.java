package io.sallyport.compiler;

import io.sallyport.domain.Derivation;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Workload;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whom an entry of {@code from} means, and whether a listener can tell them from others. */
final class SourceMeaning {
    private static final Derivation<LabelIndex<Workload>> WORKLOADS = SourceMeaning::byLabel;

    private final DesiredState state;
    private final LabelIndex<Workload> workloads;
    private final Map<Name, Identities> scopes = new HashMap<>();

    SourceMeaning(DesiredState state) {
        this.state = state;
        workloads = state.derived(Kind.WORKLOAD, WORKLOADS);
    }

    private static LabelIndex<Workload> byLabel(List<Resource<?>> workloads) {
        return new LabelIndex<>(
                DesiredState.of(Revision.NONE, workloads).workloads(),
                one -> one.spec().labels());
    }

    /** The parts of an entry are all to hold, so each cuts what the others mean. */
    Identities identities(ScopedSource entry) {
        Identities meant = Identities.ANYONE;
        if (!entry.source().principals().isEmpty()) {
            meant = Identities.of(entry.source().principals(), List.of());
        }
        if (entry.namesNamespaces()) {
            meant = meant.within(scopesOf(entry.namespaces()));
        }
        if (!entry.source().workloads().isEmpty()) {
            meant = meant.within(identitiesOf(workloads(entry)));
        }
        return entry.speaker().isEmpty() ? meant : meant.within(scopesOf(entry.speaker()));
    }

    /** The class of that id, which is the entry's. */
    SourceClass classOf(String id, ScopedSource entry) {
        AddressRanges blocks = AddressRanges.of(entry.source().ipBlocks());
        return new SourceClass(
                id, identities(entry).toSet(), blocks.equals(AddressRanges.EVERYONE) ? List.of() : blocks.ranges());
    }

    /** Whether a listener would recognise everyone of whom the entry speaks. */
    boolean canTellApart(ScopedSource entry, ListenerView view) {
        return entry.source().principals().stream().allMatch(view::sees)
                && workloads(entry).stream().allMatch(workload -> recognises(view, workload))
                && namespaces(entry).stream().allMatch(namespace -> recognises(view, namespace));
    }

    /** Whether a workload has an identity that the listener sees. */
    static boolean recognises(ListenerView view, Resource<Workload> workload) {
        return workload.spec().identities().stream().anyMatch(view::sees);
    }

    /** Whether the scopes of a namespace have anything that the listener sees, or nothing at all. */
    boolean recognises(ListenerView view, Name namespace) {
        return scopesOf(namespace).isEmpty() || view.sees(scopesOf(namespace));
    }

    /** The workloads that the entry selects. */
    List<Resource<Workload>> workloads(ScopedSource entry) {
        return entry.source().workloads().stream()
                .flatMap(selector -> selected(entry, selector).stream())
                .toList();
    }

    /** The namespaces of which the entry speaks as such, not of principals or workloads in them. */
    List<Name> namespaces(ScopedSource entry) {
        if (!entry.source().principals().isEmpty()
                || !entry.source().workloads().isEmpty()) {
            return List.of();
        }
        return entry.namesNamespaces() ? entry.namespaces() : entry.speaker();
    }

    private List<Resource<Workload>> selected(ScopedSource entry, LabelSelector selector) {
        if (entry.namesNamespaces()) {
            return entry.namespaces().isEmpty() ? List.of() : workloads.matching(selector, entry.namespaces());
        }
        return workloads.matching(selector, entry.speaker());
    }

    private Identities identitiesOf(Collection<Resource<Workload>> selected) {
        return Identities.any(selected.stream().map(this::identitiesOf).toList());
    }

    private Identities identitiesOf(Resource<Workload> workload) {
        return Identities.any(workload.spec().identities().stream()
                        .map(Identities::of)
                        .toList())
                .within(scopesOf(workload.namespace()));
    }

    private Identities scopesOf(Collection<Name> namespaces) {
        return Identities.any(namespaces.stream().map(this::scopesOf).toList());
    }

    private Identities scopesOf(Name namespace) {
        return scopes.computeIfAbsent(namespace, name -> Identities.of(Scoping.of(state, name)));
    }
}
