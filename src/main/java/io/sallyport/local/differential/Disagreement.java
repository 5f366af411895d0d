package io.sallyport.local.differential;

import io.sallyport.domain.decision.Verdict;

/** A request of which Envoy made something else than the evaluator. */
record Disagreement(TrialState state, Attempt attempt, Verdict expected, String difference) {
    @Override
    public String toString() {
        return "%s%n  evaluator: %s %s, %s, classes %s%n  %s"
                .formatted(
                        attempt,
                        expected.action(),
                        expected.name(),
                        expected.place(),
                        expected.source().classes(),
                        difference);
    }
}
