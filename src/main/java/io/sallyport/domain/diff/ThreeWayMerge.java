package io.sallyport.domain.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Joins what two have made of one document. A field that only one of them changed is taken from him; one that both
 * changed, to the same, is no conflict. Lists whose items have names are joined item by item, others as a whole. Pure.
 */
public final class ThreeWayMerge {
    private final List<FieldConflict> conflicts = new ArrayList<>();

    private ThreeWayMerge() {}

    /**
     * What comes of both.
     *
     * @param merged with my side where the two conflict
     * @param conflicts by pointer into the document
     */
    public record Outcome(SequencedMap<String, Object> merged, List<FieldConflict> conflicts) {
        public Outcome {
            conflicts = List.copyOf(conflicts);
        }
    }

    public static Outcome of(Map<String, ?> base, Map<String, ?> mine, Map<String, ?> theirs) {
        ThreeWayMerge merge = new ThreeWayMerge();
        SequencedMap<String, Object> merged = merge.fields("", base, mine, theirs);
        return new Outcome(merged, merge.conflicts);
    }

    private SequencedMap<String, Object> fields(String pointer, Map<?, ?> base, Map<?, ?> mine, Map<?, ?> theirs) {
        TreeSet<String> names = new TreeSet<>();
        mine.keySet().forEach(name -> names.add(String.valueOf(name)));
        theirs.keySet().forEach(name -> names.add(String.valueOf(name)));
        SequencedMap<String, Object> merged = new LinkedHashMap<>();
        for (String name : names) {
            Object value = value(Pointers.child(pointer, name), base.get(name), mine.get(name), theirs.get(name));
            if (value != null) {
                merged.put(name, value);
            }
        }
        return merged;
    }

    private @Nullable Object value(
            String pointer, @Nullable Object base, @Nullable Object mine, @Nullable Object theirs) {
        if (Objects.equals(mine, theirs) || Objects.equals(theirs, base)) {
            return mine;
        }
        if (Objects.equals(mine, base)) {
            return theirs;
        }
        if (mine instanceof Map<?, ?> own && theirs instanceof Map<?, ?> other) {
            return fields(pointer, base instanceof Map<?, ?> common ? common : Map.of(), own, other);
        }
        if (mine instanceof List<?> own && theirs instanceof List<?> other && base instanceof List<?> common) {
            return items(pointer, common, own, other);
        }
        conflicts.add(FieldConflict.of(pointer, base, mine, theirs));
        return mine;
    }

    private Object items(String pointer, List<?> base, List<?> mine, List<?> theirs) {
        var ofMine = ItemNames.of(base, mine);
        var ofTheirs = ItemNames.of(base, theirs);
        if (ofMine.isEmpty() || ofTheirs.isEmpty()) {
            conflicts.add(FieldConflict.of(pointer, base, mine, theirs));
            return mine;
        }
        List<Object> names = new ArrayList<>(ofMine.get().after().keySet());
        ofTheirs.get().after().keySet().stream()
                .filter(name -> !ofMine.get().after().containsKey(name))
                .forEach(names::add);
        List<Object> merged = new ArrayList<>();
        for (Object name : names) {
            Object value = value(
                    Pointers.item(pointer, merged.size()),
                    item(base, ofMine.get().before().get(name)),
                    item(mine, ofMine.get().after().get(name)),
                    item(theirs, ofTheirs.get().after().get(name)));
            if (value != null) {
                merged.add(value);
            }
        }
        return merged;
    }

    private static @Nullable Object item(List<?> items, @Nullable Integer index) {
        return index == null ? null : items.get(index);
    }
}
