package io.sallyport.domain.destination;

import io.sallyport.domain.Name;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Some of a destination's endpoints by their labels, for routes to lead to. */
public record Subset(Name name, SortedMap<String, String> labels) {
    public Subset {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("a subset needs at least one label");
        }
    }

    public boolean has(Endpoint endpoint) {
        return endpoint.labels().entrySet().containsAll(labels.entrySet());
    }
}
