package io.sallyport.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Neighbours of a {@link ResourceTable}, by name; at least one. */
final class ResourceBlock {
    private static final int MOST = 256;

    private final List<Resource<?>> resources;
    private final Derived derived = new Derived();

    private ResourceBlock(List<Resource<?>> resources) {
        this.resources = List.copyOf(resources);
    }

    /** Half full where there are many, so that there is room. */
    static Stream<ResourceBlock> of(List<Resource<?>> sorted) {
        int each = sorted.size() <= MOST ? MOST : MOST / 2;
        return IntStream.iterate(0, first -> first < sorted.size(), first -> first + each)
                .mapToObj(first -> new ResourceBlock(sorted.subList(first, Math.min(sorted.size(), first + each))));
    }

    /** What becomes of them; nothing where all are gone. */
    Stream<ResourceBlock> with(Collection<Change> changes) {
        return of(changed(resources, changes));
    }

    static List<Resource<?>> changed(List<Resource<?>> sorted, Collection<Change> changes) {
        SortedMap<ResourceName, Resource<?>> byName = new TreeMap<>();
        sorted.forEach(resource -> byName.put(resource.name(), resource));
        for (Change change : changes) {
            switch (change) {
                case Change.Put put -> byName.put(put.key().name(), put.resource());
                case Change.Delete delete -> byName.remove(delete.key().name());
            }
        }
        return new ArrayList<>(byName.values());
    }

    ResourceName first() {
        return resources.getFirst().name();
    }

    List<Resource<?>> resources() {
        return resources;
    }

    <T> T derived(Derivation<T> derivation) {
        return derived.of(derivation, () -> resources);
    }
}
