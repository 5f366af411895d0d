package io.sallyport.domain;

import static java.util.Objects.requireNonNull;

import java.util.AbstractCollection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All resources of one kind, by name. Immutable; one that differs in few of them shares all but their neighbours with this
 * one, and what was derived of the rest.
 */
public final class ResourceTable {
    static final ResourceTable EMPTY = new ResourceTable(List.of());

    private final List<ResourceBlock> blocks;
    private final int size;
    private final Derived derived = new Derived();

    private ResourceTable(List<ResourceBlock> blocks) {
        this.blocks = List.copyOf(blocks);
        size = blocks.stream().mapToInt(block -> block.resources().size()).sum();
    }

    /** The later of two changes of one resource counts. */
    ResourceTable with(Stream<Change> changes) {
        SortedMap<ResourceName, Change> sorted = new TreeMap<>();
        changes.forEach(change -> sorted.put(change.key().name(), change));
        Deque<Change> left = new ArrayDeque<>(sorted.values());
        if (blocks.isEmpty()) {
            return new ResourceTable(
                    ResourceBlock.of(ResourceBlock.changed(List.of(), left)).toList());
        }
        List<ResourceBlock> after = new ArrayList<>(blocks.size() + 1);
        for (int index = 0; index < blocks.size(); index++) {
            List<Change> own = new ArrayList<>();
            while (!left.isEmpty() && isBeforeBlock(left.getFirst(), index + 1)) {
                own.add(left.removeFirst());
            }
            if (own.isEmpty()) {
                after.add(blocks.get(index));
            } else {
                blocks.get(index).with(own).forEach(after::add);
            }
        }
        return new ResourceTable(after);
    }

    private boolean isBeforeBlock(Change change, int index) {
        return index == blocks.size()
                || change.key().name().compareTo(blocks.get(index).first()) < 0;
    }

    Optional<Resource<?>> find(ResourceName name) {
        int block = blockOf(name);
        if (block < 0) {
            return Optional.empty();
        }
        List<Resource<?>> some = blocks.get(block).resources();
        int place = search(some, name);
        return place < 0 ? Optional.empty() : Optional.of(some.get(place));
    }

    // The last that does not begin after it.
    private int blockOf(ResourceName name) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (blocks.get(middle).first().compareTo(name) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private static int search(List<Resource<?>> sorted, ResourceName name) {
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = sorted.get(middle).name().compareTo(name);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -1;
    }

    public Collection<Resource<?>> values() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<Resource<?>> iterator() {
                return elements(blocks);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    public Stream<ResourceName> names() {
        return values().stream().map(Resource::name);
    }

    /** Those whose names are not before this one. */
    public Stream<Resource<?>> from(ResourceName name) {
        return blocks.subList(Math.max(0, blockOf(name)), blocks.size()).stream()
                .flatMap(block -> block.resources().stream())
                .dropWhile(resource -> resource.name().compareTo(name) < 0);
    }

    /** Worked out once for this table. */
    <T> T derived(Derivation<T> derivation) {
        return derived.of(derivation, () -> List.copyOf(values()));
    }

    /** Worked out for neighbours, once for all tables that share them; in the order of names. */
    <T> Stream<T> derivedOfParts(Derivation<T> derivation) {
        return blocks.stream().map(block -> block.derived(derivation));
    }

    /** The names that another resource, or none, has in the other table; looks no deeper than at identity. */
    @SuppressWarnings("ReferenceEquality")
    List<ResourceName> differing(ResourceTable other) {
        return this == other
                ? List.of()
                : differing(elements(notIn(blocks, other.blocks)), elements(notIn(other.blocks, blocks)));
    }

    private static List<ResourceBlock> notIn(List<ResourceBlock> some, List<ResourceBlock> others) {
        Set<ResourceBlock> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(others);
        return some.stream().filter(block -> !known.contains(block)).toList();
    }

    @SuppressWarnings("ReferenceEquality")
    private static List<ResourceName> differing(Iterator<Resource<?>> left, Iterator<Resource<?>> right) {
        List<ResourceName> names = new ArrayList<>();
        Resource<?> mine = next(left);
        Resource<?> other = next(right);
        while (mine != null || other != null) {
            int order = mine == other ? 0 : ORDER.compare(mine, other);
            if (mine != other) {
                names.add(requireNonNull(order <= 0 ? mine : other).name());
            }
            mine = order <= 0 ? next(left) : mine;
            other = order >= 0 ? next(right) : other;
        }
        return names;
    }

    // Where one is at its end, what is left of the other comes first.
    private static final Comparator<@Nullable Resource<?>> ORDER =
            Comparator.nullsLast(Comparator.comparing((Resource<?> resource) -> resource.name()));

    private static @Nullable Resource<?> next(Iterator<Resource<?>> resources) {
        return resources.hasNext() ? resources.next() : null;
    }

    private static Iterator<Resource<?>> elements(List<ResourceBlock> blocks) {
        Iterator<ResourceBlock> rest = blocks.iterator();
        return new Iterator<>() {
            private Iterator<Resource<?>> own = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!own.hasNext() && rest.hasNext()) {
                    own = rest.next().resources().iterator();
                }
                return own.hasNext();
            }

            @Override
            public Resource<?> next() {
                boolean ignored = hasNext();
                return own.next();
            }
        };
    }
}
