package io.sallyport.push;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What agents say of themselves, as labels; what is too much or too long of it is left out. */
public final class ClaimedLabels {
    private static final int MOST = 64;
    // A prefix of 253, a slash, and a name of 63.
    private static final int LONGEST = 317;

    private ClaimedLabels() {}

    public static SortedMap<String, String> of(Map<String, String> claimed) {
        SortedMap<String, String> kept = new TreeMap<>();
        new TreeMap<>(claimed)
                .entrySet().stream()
                        .filter(label -> label.getKey().length() <= LONGEST
                                && label.getValue().length() <= LONGEST)
                        .limit(MOST)
                        .forEach(label -> kept.put(label.getKey(), label.getValue()));
        return Collections.unmodifiableSortedMap(kept);
    }
}
