package io.sallyport.push.xds;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** When to try again what was refused for a reason that may pass: after a while, and after ever longer ones. */
final class Retries {
    static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LAST = Duration.ofMinutes(5);

    private final Map<Parked, Pause> pauses = new HashMap<>();

    /** What was refused, as it is. */
    record Parked(String typeUrl, String name, String version) {}

    private record Pause(Instant until, Duration length) {}

    /** Whether it is time; asked as long as it is parked. */
    boolean isDue(Parked parked, Instant now) {
        Pause pause = pauses.computeIfAbsent(parked, ignored -> new Pause(now.plus(FIRST), FIRST));
        if (now.isBefore(pause.until())) {
            return false;
        }
        Duration longer = pause.length().multipliedBy(2);
        Duration next = longer.compareTo(LAST) < 0 ? longer : LAST;
        pauses.put(parked, new Pause(now.plus(next), next));
        return true;
    }

    Instant deadline() {
        return pauses.values().stream()
                .map(Pause::until)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }
}
