package io.sallyport.local;

import java.util.List;
import java.util.SortedMap;
import java.util.function.ToIntFunction;

/** Runs one of several by its name, or says which there are. */
final class Named {

    private Named() {}

    static int run(String verb, SortedMap<String, ToIntFunction<List<String>>> all, List<String> arguments) {
        if (arguments.isEmpty() || !all.containsKey(arguments.getFirst())) {
            throw new CommandException("usage: ./sallyport %s NAME [--seed N]\n%s"
                    .formatted(
                            verb,
                            all.isEmpty()
                                    ? "There is no " + verb + " yet."
                                    : "NAME is one of: " + String.join(", ", all.keySet())));
        }
        return all.get(arguments.getFirst()).applyAsInt(arguments.subList(1, arguments.size()));
    }
}
