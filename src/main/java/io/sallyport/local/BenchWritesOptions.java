package io.sallyport.local;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How much {@code bench writes} does.
 *
 * @param seconds for which each number of clients writes, and as long again for pgbench
 * @param rules of the largest gateway of which a rule is changed
 * @param rounds changed rules at each size
 */
record BenchWritesOptions(int seconds, int rules, int rounds) {
    private static final List<Integer> SMALLER = List.of(100, 10_000);
    private static final int MOST_RULES = 100_000;

    static BenchWritesOptions parse(List<String> arguments) {
        Map<String, Long> defaults = new LinkedHashMap<>();
        defaults.put("--seconds", 10L);
        defaults.put("--rules", 100_000L);
        defaults.put("--rounds", 40L);
        NumberOptions given = NumberOptions.parse("bench writes", defaults, arguments);
        return new BenchWritesOptions(
                given.count("--seconds", 600), given.count("--rules", MOST_RULES), given.count("--rounds", 10_000));
    }

    Duration time() {
        return Duration.ofSeconds(seconds);
    }

    /** Of gateways, the smallest first. */
    List<Integer> sizes() {
        return IntStream.concat(
                        SMALLER.stream().mapToInt(Integer::intValue).filter(size -> size < rules), IntStream.of(rules))
                .boxed()
                .toList();
    }

    @Override
    public String toString() {
        return "--seconds %d --rules %d --rounds %d".formatted(seconds, rules, rounds);
    }
}
