package io.sallyport.domain.diff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What the items of a list are called, so that one is known again wherever it stands: {@code name} of listeners and the
 * like, {@code number} of ports.
 */
final class ItemNames {
    private static final List<String> FIELDS = List.of("name", "number");

    private ItemNames() {}

    /** The places of both lists' items by name; nothing where not every item of both has one of its own. */
    static Optional<Named> of(List<?> before, List<?> after) {
        return FIELDS.stream()
                .flatMap(field -> named(before, field).stream()
                        .flatMap(earlier -> named(after, field).map(later -> new Named(earlier, later)).stream()))
                .findFirst();
    }

    private static Optional<SequencedMap<Object, Integer>> named(List<?> items, String field) {
        SequencedMap<Object, Integer> places = new LinkedHashMap<>();
        for (int index = 0; index < items.size(); index++) {
            Object name = items.get(index) instanceof Map<?, ?> map ? map.get(field) : null;
            if (name == null || places.put(name, index) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(places);
    }

    /** The items of two lists, by name. */
    record Named(SequencedMap<Object, Integer> before, SequencedMap<Object, Integer> after) {

        /** Whether those that are in both stand in the same order. */
        boolean keepOrder() {
            List<Object> earlier = new ArrayList<>(before.keySet());
            earlier.retainAll(after.keySet());
            List<Object> later = new ArrayList<>(after.keySet());
            later.retainAll(before.keySet());
            return earlier.equals(later);
        }
    }
}
