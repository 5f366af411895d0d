package io.sallyport.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How large {@code bench push} is.
 *
 * @param envoys real ones, beside so many agents; 0 for none
 */
record BenchPushOptions(int agents, int envoys, int rules, int rounds, long seed) {
    private static final int MOST_ENVOYS = 20;
    private static final int MOST = 20_000;

    static BenchPushOptions parse(List<String> arguments) {
        Map<String, Long> defaults = new LinkedHashMap<>();
        defaults.put("--agents", 100L);
        defaults.put("--envoys", 0L);
        defaults.put("--rules", 100L);
        defaults.put("--rounds", 50L);
        defaults.put("--seed", 1L);
        NumberOptions given = NumberOptions.parse("bench push", defaults, arguments);
        return new BenchPushOptions(
                given.count("--agents", MOST),
                given.number("--envoys") == 0 ? 0 : given.count("--envoys", MOST_ENVOYS),
                given.count("--rules", MOST),
                given.count("--rounds", MOST),
                given.number("--seed"));
    }

    @Override
    public String toString() {
        return "--agents %d --envoys %d --rules %d --rounds %d --seed %d"
                .formatted(agents, envoys, rules, rounds, seed);
    }
}
