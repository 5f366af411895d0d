package io.sallyport.domain.diff;

import java.util.List;

/**
 * A field that is another than before.
 *
 * @param pointer JSON Pointer (RFC 6901): into the later document, or into the earlier one where the field is gone
 * @param before what it was, as a tree; at most one, none where it is new
 * @param after what it is; at most one, none where it is gone
 */
public record FieldChange(String pointer, List<Object> before, List<Object> after) {
    public FieldChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
        if (before.size() > 1 || after.size() > 1 || before.equals(after)) {
            throw new IllegalArgumentException("a field changes from one value to another, or comes or goes");
        }
    }

    static FieldChange added(String pointer, Object value) {
        return new FieldChange(pointer, List.of(), List.of(value));
    }

    static FieldChange removed(String pointer, Object value) {
        return new FieldChange(pointer, List.of(value), List.of());
    }

    static FieldChange replaced(String pointer, Object before, Object after) {
        return new FieldChange(pointer, List.of(before), List.of(after));
    }
}
