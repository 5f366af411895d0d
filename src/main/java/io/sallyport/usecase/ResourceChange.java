package io.sallyport.usecase;

import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.diff.FieldChange;
import java.util.List;

/**
 * How one resource differs between two states.
 *
 * @param fields as its document has them; never empty where it was replaced
 */
public record ResourceChange(ResourceKey key, Sort sort, List<FieldChange> fields) {
    public ResourceChange {
        fields = List.copyOf(fields);
    }

    /** Whether it came, stayed or went. */
    public enum Sort {
        CREATED,
        REPLACED,
        DELETED
    }
}
