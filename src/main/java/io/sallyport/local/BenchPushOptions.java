package io.sallyport.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How large {@code bench push} is. */
record BenchPushOptions(int agents, int rules, int rounds, long seed) {
    private static final String USAGE =
            "usage: ./sallyport bench push [--agents N] [--rules N] [--rounds N] [--seed N]";

    static BenchPushOptions parse(List<String> arguments) {
        Map<String, Long> given = new LinkedHashMap<>(Map.of("--agents", 100L, "--rules", 100L, "--rounds", 50L));
        given.put("--seed", 1L);
        if (arguments.size() % 2 != 0) {
            throw new CommandException(USAGE);
        }
        for (int index = 0; index < arguments.size(); index += 2) {
            String name = arguments.get(index);
            String value = arguments.get(index + 1);
            if (!given.containsKey(name) || !value.matches("[0-9]{1,9}")) {
                throw new CommandException("bench push does not understand '%s %s'%n%s".formatted(name, value, USAGE));
            }
            given.put(name, Long.valueOf(value));
        }
        return new BenchPushOptions(
                atLeastOne(given, "--agents"),
                atLeastOne(given, "--rules"),
                atLeastOne(given, "--rounds"),
                given.getOrDefault("--seed", 1L));
    }

    private static int atLeastOne(Map<String, Long> given, String name) {
        int value = Math.toIntExact(given.getOrDefault(name, 0L));
        if (value < 1 || value > 20_000) {
            throw new CommandException(name + " must be from 1 to 20000\n" + USAGE);
        }
        return value;
    }

    @Override
    public String toString() {
        return "--agents %d --rules %d --rounds %d --seed %d".formatted(agents, rules, rounds, seed);
    }
}
