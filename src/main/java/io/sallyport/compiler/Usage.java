package io.sallyport.compiler;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How often each element is used; forgets what no one uses. */
final class Usage<T> {
    private final Map<T, Integer> counts = new HashMap<>();

    void add(T element) {
        counts.merge(element, 1, Integer::sum);
    }

    void remove(T element) {
        counts.computeIfPresent(element, (ignored, count) -> count == 1 ? null : count - 1);
    }

    Set<T> elements() {
        return Collections.unmodifiableSet(counts.keySet());
    }
}
