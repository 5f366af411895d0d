package io.sallyport.domain.diff;

import java.util.List;

/**
 * A part of what a gateway runs that comes, goes or becomes another.
 *
 * @param type of the part: {@code host} in our own words, {@code LISTENER} in Envoy's
 * @param text how it reads before and after, in unified form; empty where nobody asked for it
 */
public record ConfigChange(String type, String name, Sort sort, List<String> text) {
    public ConfigChange {
        text = List.copyOf(text);
    }

    /** What becomes of it. */
    public enum Sort {
        ADDED,
        CHANGED,
        REMOVED
    }
}
