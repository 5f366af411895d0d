package io.sallyport.local;

import io.sallyport.domain.EgressGateway;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How large {@code bench policy} is: two rules for each host, and a workload for each rule. */
record BenchPolicyOptions(int rules, int buckets, int requests, int rounds, long seed) {
    static final int SMALL = 100;
    private static final int MOST = 100_000;

    static BenchPolicyOptions parse(List<String> arguments) {
        Map<String, Long> defaults = new LinkedHashMap<>();
        defaults.put("--rules", 10_000L);
        defaults.put("--buckets", 512L);
        defaults.put("--requests", 20_000L);
        defaults.put("--rounds", 10L);
        defaults.put("--seed", 1L);
        NumberOptions given = NumberOptions.parse("bench policy", defaults, arguments);
        return new BenchPolicyOptions(
                given.count("--rules", MOST),
                given.count("--buckets", EgressGateway.MOST_RULE_BUCKETS),
                given.count("--requests", 10_000_000),
                given.count("--rounds", MOST),
                given.number("--seed"));
    }

    BenchPolicyOptions small() {
        return new BenchPolicyOptions(Math.min(rules, SMALL), buckets, requests, rounds, seed);
    }

    int hosts() {
        return Math.max(1, rules / 2);
    }

    @Override
    public String toString() {
        return "--rules %d --buckets %d --requests %d --rounds %d --seed %d"
                .formatted(rules, buckets, requests, rounds, seed);
    }
}
