package io.sallyport.domain.snapshot;

import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.ValueMatch;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many entries the routes of one port come to in a proxy, at most. What a query parameter must not be can be asked of
 * none, so all matches are there with each such value and without; see docs/adr/0014. Values of one parameter exclude each
 * other, expressions do not.
 */
public final class RouteSize {
    /** Of one port of one host at one listener. */
    public static final long MOST = 2000;

    private static final ValueMatch EMPTY = new ValueMatch.Exact("");

    private RouteSize() {}

    /** Where it is above {@link #MOST} it may be said too small, and is above it nevertheless. */
    public static long of(Collection<RouteCriteria> criteria) {
        Map<String, Set<ValueMatch>> texts = new HashMap<>();
        Set<FieldMatch> expressions = new HashSet<>();
        criteria.stream()
                .flatMap(one -> one.queryParams().stream())
                .filter(FieldMatch::isInverted)
                .forEach(field -> {
                    switch (field.value()) {
                        case ValueMatch.Exact text ->
                            texts.computeIfAbsent(field.name(), ignored -> new HashSet<>())
                                    .add(text);
                        case ValueMatch.Regex regex -> expressions.add(field);
                        case ValueMatch.Present present -> {}
                    }
                });
        long size = criteria.size() + 1L;
        for (Set<ValueMatch> values : texts.values()) {
            size = times(size, values.size() + (values.contains(EMPTY) ? 2 : 1));
        }
        for (int expression = 0; expression < expressions.size(); expression++) {
            // With such a value, with another, and without any.
            size = times(size, 3);
        }
        return size;
    }

    private static long times(long size, int factor) {
        return Math.min(size, MOST + 1) * factor;
    }
}
