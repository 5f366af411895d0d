package io.sallyport.local.differential;

import io.sallyport.domain.decision.Verdict;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often a trial came upon what: a trial in which nothing is ever reached would find nothing wrong. */
final class Coverage {
    private final SortedMap<String, Integer> counts = new TreeMap<>();

    private final SortedMap<String, Integer> routed = new TreeMap<>();

    void add(Attempt attempt, List<Verdict> ways, Outcome outcome) {
        Verdict expected = ways.getFirst();
        new RoutedCoverage(attempt, ways, outcome).count(what -> routed.merge(what, 1, Integer::sum));
        count("at " + attempt.listener());
        count(expected.reason().code() + (expected.ruling().allows() ? ", allowed" : ""));
        if (outcome instanceof Outcome.Reached) {
            expected.place().stream()
                    .flatMap(place -> place.onward().stream())
                    .forEach(onward -> count("reached " + onward.protocol() + ", "
                            + onward.tls().getClass().getSimpleName()));
        }
        if (expected.ruling().allows() && outcome instanceof Outcome.Told told) {
            count("failed, " + told.code());
        }
        if (attempt.isHttp2() && outcome instanceof Outcome.Reached) {
            count("reached over HTTP/2");
        }
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    @Override
    public String toString() {
        return "rules: %s%n%s".formatted(written(counts), written(routed));
    }

    private static String written(SortedMap<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
    }
}
