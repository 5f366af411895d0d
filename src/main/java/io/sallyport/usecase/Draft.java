package io.sallyport.usecase;

import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Spec;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A resource as a caller wants it, without what is added when it is stored.
 *
 * @param pointer where it stands in what was sent; empty where that is the whole, {@code /3} in a batch
 */
public record Draft(
        String pointer,
        ResourceKey key,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        Spec spec) {
    public Draft {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    Draft withSpec(Spec newSpec) {
        return new Draft(pointer, key, labels, annotations, newSpec);
    }

    /** Whether storing it would change nothing. */
    boolean isAlready(Resource<?> stored) {
        return spec.equals(stored.spec())
                && labels.equals(stored.metadata().labels())
                && annotations.equals(stored.metadata().annotations());
    }
}
