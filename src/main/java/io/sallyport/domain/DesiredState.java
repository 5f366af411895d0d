package io.sallyport.domain;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything that is wanted at one revision. Immutable; iteration is by name, whatever the order of arrival. */
public final class DesiredState {
    public static final DesiredState EMPTY = new DesiredState(Revision.NONE, new EnumMap<>(Kind.class));

    private final Revision revision;
    private final Map<Kind, SortedMap<ResourceName, Resource<?>>> byKind;

    private DesiredState(Revision revision, Map<Kind, SortedMap<ResourceName, Resource<?>>> byKind) {
        this.revision = revision;
        this.byKind = byKind;
    }

    public static DesiredState of(Revision revision, Collection<? extends Resource<?>> resources) {
        return EMPTY.with(
                revision, resources.stream().<Change>map(Change.Put::new).toList());
    }

    /** This state after some changes; copies the kinds that they touch, shares the rest. */
    public DesiredState with(Revision newRevision, Collection<? extends Change> changes) {
        Map<Kind, SortedMap<ResourceName, Resource<?>>> copy = new EnumMap<>(Kind.class);
        copy.putAll(byKind);
        changes.stream()
                .map(change -> change.key().kind())
                .distinct()
                .forEach(kind -> copy.put(kind, new TreeMap<>(resources(kind))));
        for (Change change : changes) {
            SortedMap<ResourceName, Resource<?>> ofKind =
                    resources(copy, change.key().kind());
            switch (change) {
                case Change.Put put -> ofKind.put(put.key().name(), put.resource());
                case Change.Delete delete -> ofKind.remove(delete.key().name());
            }
        }
        return new DesiredState(newRevision, copy);
    }

    public Revision revision() {
        return revision;
    }

    public Optional<Resource<?>> find(ResourceKey key) {
        return Optional.ofNullable(resources(key.kind()).get(key.name()));
    }

    /** All of one kind, by name. */
    public SortedMap<ResourceName, Resource<?>> resources(Kind kind) {
        return Collections.unmodifiableSortedMap(resources(byKind, kind));
    }

    public Stream<Resource<?>> all() {
        return byKind.values().stream().flatMap(ofKind -> ofKind.values().stream());
    }

    public Collection<Resource<Namespace>> namespaces() {
        return typed(Kind.NAMESPACE);
    }

    public Collection<Resource<EgressGateway>> gateways() {
        return typed(Kind.EGRESS_GATEWAY);
    }

    public Collection<Resource<Destination>> destinations() {
        return typed(Kind.DESTINATION);
    }

    public Collection<Resource<Workload>> workloads() {
        return typed(Kind.WORKLOAD);
    }

    public Collection<Resource<EgressRule>> rules() {
        return typed(Kind.EGRESS_RULE);
    }

    public Optional<Resource<Namespace>> namespace(Name name) {
        return typed(ResourceKey.ofNamespace(name));
    }

    public Optional<Resource<EgressGateway>> gateway(ResourceName name) {
        return typed(new ResourceKey(Kind.EGRESS_GATEWAY, name));
    }

    public Optional<Resource<Destination>> destination(ResourceName name) {
        return typed(new ResourceKey(Kind.DESTINATION, name));
    }

    public Optional<Resource<EgressRule>> rule(ResourceName name) {
        return typed(new ResourceKey(Kind.EGRESS_RULE, name));
    }

    // Resource checks that its spec is of the kind it is filed under, so these casts hold.
    @SuppressWarnings("unchecked")
    private <S extends Spec> Collection<Resource<S>> typed(Kind kind) {
        return (Collection<Resource<S>>) (Collection<?>) resources(kind).values();
    }

    @SuppressWarnings("unchecked")
    private <S extends Spec> Optional<Resource<S>> typed(ResourceKey key) {
        return find(key).map(resource -> (Resource<S>) resource);
    }

    private static SortedMap<ResourceName, Resource<?>> resources(
            Map<Kind, SortedMap<ResourceName, Resource<?>>> byKind, Kind kind) {
        return byKind.getOrDefault(kind, Collections.emptySortedMap());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DesiredState state
                && revision.equals(state.revision)
                && all().toList().equals(state.all().toList());
    }

    @Override
    public int hashCode() {
        return revision.hashCode();
    }

    @Override
    public String toString() {
        return "DesiredState[revision=%s, resources=%d]".formatted(revision, all().count());
    }
}
