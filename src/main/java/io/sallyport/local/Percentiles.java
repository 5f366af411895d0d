package io.sallyport.local;

import java.time.Duration;
import java.util.List;

/** Half, nearly all, and the worst of many durations, in milliseconds. */
record Percentiles(double p50, double p99, double max) {

    static Percentiles of(List<Duration> durations) {
        List<Double> sorted = durations.stream()
                .map(duration -> duration.toNanos() / 1e6)
                .sorted()
                .toList();
        return new Percentiles(rank(sorted, 0.50), rank(sorted, 0.99), sorted.getLast());
    }

    private static double rank(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    @Override
    public String toString() {
        return "p50=%.1f ms p99=%.1f ms max=%.1f ms".formatted(p50, p99, max);
    }
}
