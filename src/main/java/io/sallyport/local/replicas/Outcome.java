package io.sallyport.local.replicas;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of a trial: counts, and whatever should not have been. */
record Outcome(SortedMap<String, Long> counts, List<String> findings) {
    Outcome(Map<String, Long> counts, Collection<String> findings) {
        this(new TreeMap<>(counts), List.copyOf(findings));
    }

    boolean isFlawless() {
        return findings.isEmpty();
    }

    @Override
    public String toString() {
        String told =
                findings.stream().map(finding -> "FINDING " + finding + "\n").collect(Collectors.joining());
        return told
                + counts.entrySet().stream()
                        .map(count -> count.getKey() + "=" + count.getValue())
                        .collect(Collectors.joining(" "))
                + " findings=" + findings.size();
    }
}
