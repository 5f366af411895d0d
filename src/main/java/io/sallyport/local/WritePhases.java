package io.sallyport.local;

import io.sallyport.usecase.WriteClock.Phase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the phases of all writes took so far, as the metrics of a control plane say. */
record WritePhases(Map<Phase, Duration> sums) {
    private static final Pattern LINE =
            Pattern.compile("sallyport_write_phase_seconds_sum\\{phase=\"([a-z]+)\".*} (\\S+)");

    static WritePhases of(ApiClient api) {
        Map<Phase, Duration> sums = new EnumMap<>(Phase.class);
        Matcher line = LINE.matcher(api.text("/q/metrics"));
        while (line.find()) {
            sums.put(
                    Phase.valueOf(line.group(1).toUpperCase(Locale.ROOT)),
                    Duration.ofNanos(Math.round(Double.parseDouble(line.group(2)) * 1e9)));
        }
        return new WritePhases(sums);
    }

    Duration of(Phase phase) {
        return sums.getOrDefault(phase, Duration.ZERO);
    }

    WritePhases since(WritePhases before) {
        Map<Phase, Duration> passed = new EnumMap<>(Phase.class);
        sums.forEach((phase, sum) -> passed.put(phase, sum.minus(before.of(phase))));
        return new WritePhases(passed);
    }
}
