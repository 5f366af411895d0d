package io.sallyport.local;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How often each operation answered with which status, as the control plane counts it.
 *
 * @param counts by method and path, then by status
 */
record AnsweredOperations(SortedMap<String, SortedMap<String, Long>> counts) {
    private static final Pattern COUNT = Pattern.compile(
            "http_server_requests_seconds_count\\{method=\"(\\w+)\",.*status=\"(\\d+)\",uri=\"(/api/v1/[^\"]*)\",?\\} ([0-9.E]+)");

    /** Of metrics as Prometheus reads them. */
    static AnsweredOperations of(String metrics) {
        SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
        metrics.lines().map(COUNT::matcher).filter(Matcher::matches).forEach(found -> {
            SortedMap<String, Long> ofOne =
                    counts.computeIfAbsent(found.group(3) + " " + found.group(1), any -> new TreeMap<>());
            ofOne.merge(found.group(2), (long) Double.parseDouble(found.group(4)), Long::sum);
        });
        // What is answered so alone is no operation.
        counts.values().removeIf(ofOne -> ofOne.keySet().equals(Set.of("405")));
        return new AnsweredOperations(counts);
    }

    /** A line for each status, and one for each operation that never did what it is for. */
    List<String> lines() {
        SortedMap<String, Long> statuses = new TreeMap<>();
        counts.values().forEach(ofOne -> ofOne.forEach((status, count) -> statuses.merge(status, count, Long::sum)));
        List<String> never = counts.entrySet().stream()
                .filter(one -> one.getValue().keySet().stream().noneMatch(status -> status.startsWith("2")))
                .map(one -> "never 2xx: %s %s".formatted(one.getKey(), one.getValue()))
                .toList();
        return Stream.concat(
                        never.stream(),
                        Stream.of("operations answered=%d, with 2xx=%d, statuses=%s"
                                .formatted(counts.size(), counts.size() - never.size(), statuses)))
                .toList();
    }
}
