package io.sallyport.compiler;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How often each element is used; forgets what no one uses. */
final class Usage<T> {
    private final Map<T, Integer> counts = new HashMap<>();
    private final Set<T> left = new HashSet<>();

    void add(T element) {
        counts.merge(element, 1, Integer::sum);
    }

    void remove(T element) {
        if (counts.computeIfPresent(element, (ignored, count) -> count == 1 ? null : count - 1) == null) {
            left.add(element);
        }
    }

    boolean has(T element) {
        return counts.containsKey(element);
    }

    /** Those that no one used at some time since this was last asked; somebody may again. */
    Set<T> takeLeft() {
        Set<T> taken = Set.copyOf(left);
        left.clear();
        return taken;
    }

    Set<T> elements() {
        return Collections.unmodifiableSet(counts.keySet());
    }
}
