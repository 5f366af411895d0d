package io.sallyport.local;

import java.time.Duration;
import java.util.List;

/**
 * One row of what {@code bench policy} found.
 *
 * @param changeBytes that a changed rule brings to the proxy
 * @param changeMillis CPU of the proxy for a changed rule
 * @param effects from the answer of the control plane, or from the file being in place, to the first refusal
 * @param requests without policy, without it but with a report of each, and with both; of a list without the second
 */
record PolicyFigures(
        BenchDocuments documents,
        String shape,
        long changeBytes,
        double changeMillis,
        List<Duration> effects,
        List<RequestCost> requests) {
    static final String HEAD = """
            | rules | identities | shape | one changed rule: bytes | Envoy CPU ms | effect ms, p50 (p99) | a request: CPU us without policy | with a report | with policy | added | added, median |
            |---|---|---|---|---|---|---|---|---|---|---|""";

    String row() {
        RequestCost without = requests.getFirst();
        RequestCost with = requests.getLast();
        String reported = requests.size() > 2 ? "%.1f".formatted(requests.get(1).quiet()) : "";
        Percentiles effect = Percentiles.of(effects);
        return "| %d | %d | %s | %d | %.1f | %.1f (%.1f) | %.1f | %s | %.1f | %.1f | %.1f |"
                .formatted(
                        2 * documents.hosts(),
                        documents.identities(),
                        shape,
                        changeBytes,
                        changeMillis,
                        effect.p50(),
                        effect.p99(),
                        without.quiet(),
                        reported,
                        with.quiet(),
                        with.quiet() - without.quiet(),
                        with.median() - without.median());
    }
}
