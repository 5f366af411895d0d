package io.sallyport.compiler;

import io.sallyport.domain.network.PrincipalPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A set of proven identities as the fewest of the given patterns: sorted, without one within another. */
record Principals(List<PrincipalPattern> patterns) {
    static final Principals NOBODY = new Principals(List.of());

    // What begins alike stands together, the shortest first and a prefix before the one identity that is as long.
    private static final Comparator<PrincipalPattern> WIDER_FIRST =
            Comparator.comparing(PrincipalPattern::prefix).thenComparing(pattern -> !pattern.isPrefix());

    Principals {
        patterns = List.copyOf(patterns);
    }

    static Principals of(Collection<PrincipalPattern> patterns) {
        List<PrincipalPattern> kept = new ArrayList<>();
        for (PrincipalPattern next :
                patterns.stream().distinct().sorted(WIDER_FIRST).toList()) {
            if (kept.isEmpty() || !next.isWithin(kept.getLast())) {
                kept.add(next);
            }
        }
        kept.sort(Comparator.naturalOrder());
        return new Principals(kept);
    }

    Principals within(Principals other) {
        return of(patterns.stream()
                .flatMap(pattern -> other.patterns.stream().flatMap(limit -> intersection(pattern, limit)))
                .toList());
    }

    // Two patterns nest or are apart.
    private static Stream<PrincipalPattern> intersection(PrincipalPattern one, PrincipalPattern other) {
        if (one.isWithin(other)) {
            return Stream.of(one);
        }
        return other.isWithin(one) ? Stream.of(other) : Stream.empty();
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }
}
