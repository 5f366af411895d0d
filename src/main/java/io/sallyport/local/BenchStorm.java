package io.sallyport.local;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Measures what a herd of new agents costs those that are served: how long a change takes to them, calm and in a storm. */
final class BenchStorm {
    private static final int MOST = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private BenchStorm() {}

    /** Against the control plane that is up, or one of its own where none is. */
    static int run(List<String> arguments) {
        Map<String, Long> defaults = new LinkedHashMap<>();
        defaults.put("--served", 10L);
        defaults.put("--newcomers", 1_000L);
        defaults.put("--rules", 100L);
        defaults.put("--rounds", 20L);
        NumberOptions options = NumberOptions.parse("bench storm", defaults, arguments);
        return Everything.whileUp(() -> measure(options));
    }

    private static int measure(NumberOptions options) {
        URI url = EnvironmentFile.url();
        BenchNamespace policy =
                new BenchNamespace(new ApiClient(url, TokenVerb.token("admin")), options.count("--rules", MOST));
        try {
            policy.create();
            try (BenchAgents served = new BenchAgents(options.count("--served", MOST), policy.gateway())) {
                served.connect(EnvironmentFile.grpc(), TokenVerb.token(policy.clientId()));
                served.awaitFirstState(PATIENCE);
                storm(options, policy, served);
                return 0;
            }
        } finally {
            policy.delete();
        }
    }

    @SuppressWarnings("SystemOut")
    private static void storm(NumberOptions options, BenchNamespace policy, BenchAgents served) {
        int rounds = options.count("--rounds", MOST);
        int rules = options.count("--rules", MOST);
        changes(rounds, rules, policy, served);
        List<Duration> calm = changes(rounds, rules, policy, served);
        try (BenchAgents newcomers = new BenchAgents(options.count("--newcomers", MOST), policy.gateway())) {
            long began = System.nanoTime();
            newcomers.connect(EnvironmentFile.grpc(), TokenVerb.token(policy.clientId()));
            List<Duration> stormy = changes(rounds, rules, policy, served);
            Duration lasted = Duration.ofNanos(System.nanoTime() - began);
            newcomers.awaitFirstState(PATIENCE);
            Duration all = Duration.ofNanos(System.nanoTime() - began).minus(SETTLING.dividedBy(2));
            System.out.printf(
                    "bench storm: request to last served agent calm %s | while newcomers come %s (over %d ms)"
                            + " | all newcomers have all after %d ms%n./sallyport bench storm %s%n",
                    Percentiles.of(calm), Percentiles.of(stormy), lasted.toMillis(), all.toMillis(), options);
        }
    }

    private static List<Duration> changes(int rounds, int rules, BenchNamespace policy, BenchAgents served) {
        Random chance = new Random(1);
        List<Duration> times = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            long asked = System.nanoTime();
            long revision = policy.flip(chance.nextInt(rules));
            times.add(Duration.ofNanos(served.awaitRevision(revision, PATIENCE) - asked));
        }
        return times;
    }
}
