package io.sallyport.domain;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    public Collection<Resource<TrafficRoute>> routes() {
        return typed(Kind.TRAFFIC_ROUTE);
    }

    public Collection<Resource<SecurityPolicy>> securityPolicies() {
        return typed(Kind.SECURITY_POLICY);
    }

    public Collection<Resource<Credential>> credentials() {
        return typed(Kind.CREDENTIAL);
    }

    public Collection<Resource<RoleBinding>> roleBindings() {
        return typed(Kind.ROLE_BINDING);
    }

    public Collection<Resource<Guardrail>> guardrails() {
        return typed(Kind.GUARDRAIL);
    }

    public Optional<Resource<Credential>> credential(ResourceName name) {
        return typed(new ResourceKey(Kind.CREDENTIAL, name));
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

    /** Whether both states hold the very same resources of a kind; cheap, and false where they are merely equal. */
    @SuppressWarnings("ReferenceEquality")
    public boolean isSameIn(Kind kind, DesiredState other) {
        return resources(byKind, kind) == resources(other.byKind, kind);
    }

    /** The names of one kind that another resource, or none, has in the other state; looks no deeper than at identity. */
    @SuppressWarnings("ReferenceEquality")
    public List<ResourceName> differing(Kind kind, DesiredState other) {
        SortedMap<ResourceName, Resource<?>> own = resources(byKind, kind);
        SortedMap<ResourceName, Resource<?>> others = resources(other.byKind, kind);
        return own == others
                ? List.of()
                : differing(own.values().iterator(), others.values().iterator());
    }

    @SuppressWarnings("ReferenceEquality")
    private static List<ResourceName> differing(Iterator<Resource<?>> left, Iterator<Resource<?>> right) {
        List<ResourceName> names = new ArrayList<>();
        Resource<?> mine = next(left);
        Resource<?> other = next(right);
        while (mine != null || other != null) {
            int order = mine == other ? 0 : compare(mine, other);
            if (mine != other) {
                names.add(requireNonNull(order <= 0 ? mine : other).name());
            }
            mine = order <= 0 ? next(left) : mine;
            other = order >= 0 ? next(right) : other;
        }
        return names;
    }

    private static @Nullable Resource<?> next(Iterator<Resource<?>> resources) {
        return resources.hasNext() ? resources.next() : null;
    }

    // Where one is at its end, what is left of the other comes first.
    private static int compare(@Nullable Resource<?> left, @Nullable Resource<?> right) {
        if (left == null || right == null) {
            return left == null ? 1 : -1;
        }
        return left.name().compareTo(right.name());
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
