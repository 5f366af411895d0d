package io.sallyport.local.replicas;

import io.sallyport.local.NumberOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code trial replicas}. */
public final class ReplicasVerb {
    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_REPLICAS = 9;
    private static final int MOST_AGENTS = 200;

    private ReplicasVerb() {}

    /** Returns 1 where an invariant does not hold. */
    @SuppressWarnings("SystemOut")
    public static int run(List<String> arguments) {
        Map<String, Long> defaults = new LinkedHashMap<>();
        defaults.put("--seconds", 120L);
        defaults.put("--replicas", 3L);
        defaults.put("--agents", 6L);
        defaults.put("--seed", System.nanoTime() % 1_000_000);
        NumberOptions options = NumberOptions.parse("trial replicas", defaults, arguments);
        System.out.println("seed " + options.number("--seed"));
        try (ReplicasTrial trial = new ReplicasTrial(
                options.count("--replicas", MOST_REPLICAS),
                options.count("--agents", MOST_AGENTS),
                options.number("--seed"),
                folder())) {
            Outcome outcome = trial.run(Duration.ofSeconds(options.count("--seconds", MOST_SECONDS)));
            System.out.println(outcome);
            return outcome.isFlawless() ? 0 : 1;
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("sallyport-replicas");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
