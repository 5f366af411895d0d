package io.sallyport.store.postgres;

import io.sallyport.domain.Change;
import org.jspecify.annotations.Nullable;

/**
 * A change with its stored texts, made once: a sealed text is another each time, and the hash, the history and the
 * resource are to hold the same.
 *
 * @param spec of the resource; null where it was deleted
 * @param resource the whole of it; null where it was deleted
 */
record StoredChange(
        Change change, @Nullable String spec, @Nullable String resource) {

    static StoredChange of(Change change, StoredSpecs specs) {
        return switch (change) {
            case Change.Put put -> {
                String spec = specs.write(put.resource());
                yield new StoredChange(change, spec, StoredResource.write(put.resource(), spec));
            }
            case Change.Delete ignored -> new StoredChange(change, null, null);
        };
    }
}
