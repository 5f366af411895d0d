package io.sallyport.domain.diff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field that two changed, each to something else.
 *
 * @param base what both started from; at most one, none where there was none; so with the others
 */
public record FieldConflict(String pointer, List<Object> base, List<Object> mine, List<Object> theirs) {
    public FieldConflict {
        base = List.copyOf(base);
        mine = List.copyOf(mine);
        theirs = List.copyOf(theirs);
    }

    static FieldConflict of(String pointer, @Nullable Object base, @Nullable Object mine, @Nullable Object theirs) {
        return new FieldConflict(pointer, list(base), list(mine), list(theirs));
    }

    private static List<Object> list(@Nullable Object value) {
        return value == null ? List.of() : List.of(value);
    }
}
