package io.sallyport.compiler.risk;

import io.sallyport.domain.ResourceName;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that is risky about a change, whoever asks for approvals.
 *
 * @param openings the first of the flows that open
 * @param openingCount how many do
 * @param workloads those for whom some flow opens
 */
public record RiskReport(
        List<Opening> openings, long openingCount, NavigableSet<ResourceName> workloads, List<Relaxation> relaxations) {
    /** How many flows are looked at one by one; with more, every policy takes it that some are of its sort. */
    public static final int MOST_OPENINGS = 100_000;

    public static final RiskReport NONE = new RiskReport(List.of(), 0, new TreeSet<>(), List.of());

    public RiskReport {
        openings = List.copyOf(openings);
        relaxations = List.copyOf(relaxations);
    }

    public boolean isEmpty() {
        return openingCount == 0 && relaxations.isEmpty();
    }

    /** Whether there are more flows than are looked at one by one. */
    public boolean isCutShort() {
        return openingCount > openings.size();
    }

    /** What either of two finds, each once. */
    public RiskReport and(RiskReport other) {
        TreeSet<ResourceName> both = new TreeSet<>(workloads);
        both.addAll(other.workloads);
        List<Opening> all = Stream.concat(openings.stream(), other.openings.stream())
                .distinct()
                .toList();
        boolean cut = isCutShort() || other.isCutShort();
        return new RiskReport(
                all,
                cut ? openingCount + other.openingCount : all.size(),
                both,
                Stream.concat(relaxations.stream(), other.relaxations.stream())
                        .distinct()
                        .sorted()
                        .toList());
    }
}
