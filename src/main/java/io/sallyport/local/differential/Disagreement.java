package io.sallyport.local.differential;

import io.sallyport.domain.decision.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A request of which Envoy made something else than the evaluator.
 *
 * @param expected on each of the ways that it might have gone
 * @param differences from each of them
 */
record Disagreement(TrialState state, Attempt attempt, List<Verdict> expected, List<String> differences) {
    Disagreement {
        expected = List.copyOf(expected);
        differences = List.copyOf(differences);
    }

    @Override
    public String toString() {
        return attempt
                + IntStream.range(0, expected.size())
                        .mapToObj(way -> written(expected.get(way), differences.get(way)))
                        .collect(Collectors.joining());
    }

    private static String written(Verdict expected, String difference) {
        return "%n  evaluator: %s %s, %s, %s, classes %s%n  %s"
                .formatted(
                        expected.action(),
                        expected.name(),
                        expected.reply(),
                        expected.place(),
                        expected.source().classes(),
                        difference);
    }
}
