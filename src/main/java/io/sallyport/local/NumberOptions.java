package io.sallyport.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Options that are whole numbers: {@code --rules 100 --seed 1}. */
public final class NumberOptions {
    private static final int MOST_DIGITS = 9;

    private final String usage;
    private final Map<String, Long> values;

    private NumberOptions(String usage, Map<String, Long> values) {
        this.usage = usage;
        this.values = values;
    }

    /** The defaults, in the order in which they are shown, with what is given instead. */
    public static NumberOptions parse(String command, Map<String, Long> defaults, List<String> arguments) {
        String usage = defaults.keySet().stream()
                .map(name -> "[%s N]".formatted(name))
                .collect(Collectors.joining(" ", "usage: ./sallyport " + command + " ", ""));
        Map<String, Long> values = new LinkedHashMap<>(defaults);
        for (int index = 0; index < arguments.size(); index += 2) {
            String name = arguments.get(index);
            String value = index + 1 < arguments.size() ? arguments.get(index + 1) : "";
            if (!values.containsKey(name) || !value.matches("[0-9]{1,%d}".formatted(MOST_DIGITS))) {
                throw new CommandException("%s does not understand '%s %s'%n%s".formatted(command, name, value, usage));
            }
            values.put(name, Long.valueOf(value));
        }
        return new NumberOptions(usage, values);
    }

    public long number(String name) {
        return values.getOrDefault(name, 0L);
    }

    /** From 1 to {@code most}. */
    public int count(String name, int most) {
        long value = number(name);
        if (value < 1 || value > most) {
            throw new CommandException("%s must be from 1 to %d%n%s".formatted(name, most, usage));
        }
        return Math.toIntExact(value);
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(option -> option.getKey() + " " + option.getValue())
                .collect(Collectors.joining(" "));
    }
}
