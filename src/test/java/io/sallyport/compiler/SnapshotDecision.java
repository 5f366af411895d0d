package io.sallyport.compiler;

import static java.util.stream.Collectors.toCollection;

import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Place;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.TreeSet;

/** What the evaluator decides, in the words of {@link ReferenceDecision}. */
record SnapshotDecision(Snapshot snapshot) {

    String decide(Question request) {
        Verdict verdict = new Evaluator(snapshot).decide(request);
        String decision = verdict.ruling().admittedBy().stream()
                .map(admitted -> verdict.name() + " after " + allowing(admitted))
                .findFirst()
                .orElseGet(() -> verdict.reason() == Verdict.Reason.RULE
                        ? verdict.action() + " " + verdict.name()
                        : verdict.name());
        return verdict.place().isEmpty()
                ? decision
                : decision + place(verdict.place().getFirst(), verdict);
    }

    private static String allowing(String name) {
        return name.startsWith("sallyport/") ? name : "ALLOW " + name;
    }

    private static String place(Place place, Verdict verdict) {
        if (place.onward().isEmpty()) {
            return " by %s, leads nowhere".formatted(place.destination());
        }
        return " by %s, port %s, shadows %s"
                .formatted(
                        place.destination(),
                        place.onward().getFirst().port(),
                        verdict.shadows().stream()
                                .map(shadow -> shadow.action() + " " + shadow.rule())
                                .collect(toCollection(TreeSet::new)));
    }
}
