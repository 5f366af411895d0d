package io.sallyport.local;

import java.time.Duration;

/** Reads from the metrics of a control plane how much CPU it has used. */
record ServerClock(ApiClient api) {
    private static final String METRIC = "process_cpu_time_ns_total";

    Duration cpuTime() {
        return api.text("/q/metrics")
                .lines()
                .filter(line -> line.startsWith(METRIC))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .map(value -> Duration.ofNanos((long) Double.parseDouble(value)))
                .findFirst()
                .orElse(Duration.ZERO);
    }
}
