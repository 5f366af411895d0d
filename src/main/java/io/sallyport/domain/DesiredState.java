package io.sallyport.domain;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that is wanted at one revision. Immutable; iteration is by name, whatever the order of arrival. */
public final class DesiredState {
    public static final DesiredState EMPTY = new DesiredState(Revision.NONE, new EnumMap<>(Kind.class));

    private final Revision revision;
    private final Map<Kind, ResourceTable> byKind;

    private DesiredState(Revision revision, Map<Kind, ResourceTable> byKind) {
        this.revision = revision;
        this.byKind = byKind;
    }

    public static DesiredState of(Revision revision, Collection<? extends Resource<?>> resources) {
        return EMPTY.with(
                revision, resources.stream().<Change>map(Change.Put::new).toList());
    }

    /** This state after some changes; copies the kinds that they touch, shares the rest. */
    public DesiredState with(Revision newRevision, Collection<? extends Change> changes) {
        Map<Kind, ResourceTable> copy = new EnumMap<>(Kind.class);
        copy.putAll(byKind);
        changes.stream()
                .collect(Collectors.groupingBy(change -> change.key().kind(), Collectors.<Change>toList()))
                .forEach((kind, own) -> copy.put(kind, resources(kind).with(own.stream())));
        return new DesiredState(newRevision, copy);
    }

    public Revision revision() {
        return revision;
    }

    public Optional<Resource<?>> find(ResourceKey key) {
        return resources(key.kind()).find(key.name());
    }

    /** All of one kind, by name. */
    public ResourceTable resources(Kind kind) {
        return byKind.getOrDefault(kind, ResourceTable.EMPTY);
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

    public Collection<Resource<ApprovalPolicy>> approvalPolicies() {
        return typed(Kind.APPROVAL_POLICY);
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

    /** Whether both states hold the very same resources of a kind; cheap, and false where they are merely equal. */
    @SuppressWarnings("ReferenceEquality")
    public boolean isSameIn(Kind kind, DesiredState other) {
        return resources(kind) == other.resources(kind);
    }

    /** The names of one kind that another resource, or none, has in the other state; looks no deeper than at identity. */
    public List<ResourceName> differing(Kind kind, DesiredState other) {
        return resources(kind).differing(other.resources(kind));
    }

    /** What follows from all resources of a kind; worked out once for all states that hold the very same. */
    public <T> T derived(Kind kind, Derivation<T> derivation) {
        return resources(kind).derived(derivation);
    }

    /**
     * What follows from some resources of a kind each, in the order of names; worked out again for those alone that are
     * neighbours of what changed.
     */
    public <T> Stream<T> derivedOfParts(Kind kind, Derivation<T> derivation) {
        return resources(kind).derivedOfParts(derivation);
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
