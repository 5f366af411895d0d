package io.sallyport.local;

import io.sallyport.usecase.WriteClock.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One row of what {@code bench writes} found of one changed rule: medians, of the whole the worst of a hundred too. */
record WriteTimes(int rules, String guardrails, List<Duration> whole, Map<Phase, List<Duration>> phases) {
    static final String HEAD = """
            | rules | guardrails | one changed rule ms, p50 (p99) | parse | check | guardrails | commit | publish | compile | answer |
            |---|---|---|---|---|---|---|---|---|---|""";

    String row() {
        Percentiles all = Percentiles.of(whole);
        String medians = phases.values().stream()
                .map(times -> "%.2f".formatted(Percentiles.of(times).p50()))
                .collect(Collectors.joining(" | "));
        return "| %d | %s | %.1f (%.1f) | %s |".formatted(rules, guardrails, all.p50(), all.p99(), medians);
    }
}
