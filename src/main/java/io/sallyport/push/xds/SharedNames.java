package io.sallyport.push.xds;

import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/** Names that several streams ask for alike: one set for all of them, for as long as one of them uses it. Guards itself. */
final class SharedNames {
    private final Map<Set<String>, WeakReference<Set<String>>> known = new WeakHashMap<>();

    private final int most;
    private final StreamCounts counts;

    /** @param most how many names one client may ask for */
    SharedNames(int most, StreamCounts counts) {
        this.most = most;
        this.counts = counts;
    }

    void check(int size) {
        if (size > most) {
            throw counts.refusal(StreamLimit.NAMES, "A stream may ask for %d names of a type".formatted(most));
        }
    }

    /** That set or an equal one that was there before; it is not to change any more. */
    synchronized Set<String> shared(Set<String> names) {
        WeakReference<Set<String>> reference = known.get(names);
        Set<String> before = reference == null ? null : reference.get();
        if (before != null) {
            return before;
        }
        Set<String> kept = Collections.unmodifiableSet(names);
        known.put(kept, new WeakReference<>(kept));
        return kept;
    }
}
