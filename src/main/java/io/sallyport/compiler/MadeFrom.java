package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that goes into what is compiled of an object: itself, what it names and selects, and what is attached to that. Pure. */
public final class MadeFrom {
    private static final Set<Kind> ATTACHED = EnumSet.of(Kind.TRAFFIC_ROUTE, Kind.SECURITY_POLICY);
    private static final Set<Kind> SELECTED = EnumSet.of(Kind.WORKLOAD, Kind.DESTINATION);

    private MadeFrom() {}

    /** What there is of it; an object that is missing is not among it. */
    public static SortedMap<ResourceKey, Resource<?>> of(DesiredState state, ResourceKey object) {
        SortedMap<ResourceKey, Resource<?>> found = new TreeMap<>();
        Set<ResourceKey> seen = new HashSet<>();
        Deque<ResourceKey> left = new ArrayDeque<>();
        left.add(object);
        while (!left.isEmpty()) {
            ResourceKey next = left.remove();
            if (seen.add(next)) {
                state.find(next).ifPresent(resource -> {
                    found.put(next, resource);
                    around(state, resource).forEach(left::add);
                });
            }
        }
        return found;
    }

    private static Stream<ResourceKey> around(DesiredState state, Resource<?> resource) {
        Stream<ResourceKey> named = References.of(resource).map(References.Reference::target);
        Stream<ResourceKey> own = resource.key().kind() == Kind.NAMESPACE
                ? Stream.of()
                : Stream.of(ResourceKey.ofNamespace(resource.namespace()));
        return Stream.of(named, own, selected(state, resource), attached(state, resource.key()))
                .flatMap(keys -> keys);
    }

    private static Stream<ResourceKey> selected(DesiredState state, Resource<?> resource) {
        return resource.key().kind() != Kind.EGRESS_RULE
                ? Stream.of()
                : SELECTED.stream()
                        .flatMap(kind -> state.resources(kind).values().stream())
                        .map(Resource::key)
                        .filter(key -> Uses.isSelectedBy(state, key, resource));
    }

    private static Stream<ResourceKey> attached(DesiredState state, ResourceKey key) {
        return key.kind() != Kind.DESTINATION && key.kind() != Kind.EGRESS_GATEWAY
                ? Stream.of()
                : ATTACHED.stream()
                        .flatMap(kind -> state.resources(kind).values().stream())
                        .filter(other -> References.of(other)
                                .anyMatch(reference -> reference.target().equals(key)))
                        .map(Resource::key);
    }
}
