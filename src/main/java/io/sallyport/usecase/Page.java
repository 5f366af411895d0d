package io.sallyport.usecase;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param hasMore whether there is something after it
 */
public record Page<T>(List<T> items, boolean hasMore) {
    public Page {
        items = List.copyOf(items);
    }

    /** The first of what may be too much. */
    static <T> Page<T> first(List<T> all, int limit) {
        return new Page<>(all.subList(0, Math.min(limit, all.size())), all.size() > limit);
    }

    <R> Page<R> with(List<R> others) {
        return new Page<>(others, hasMore);
    }

    /** What to ask for next: derived from the last item. */
    public <R> Optional<R> next(Function<T, R> mark) {
        return hasMore ? Optional.of(mark.apply(items.getLast())) : Optional.empty();
    }
}
