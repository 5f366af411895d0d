package io.sallyport.local;

import io.sallyport.local.conformance.StreamsBench;
import io.sallyport.local.conformance.StuckReadersBench;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** What is measured rather than judged, by name. */
final class Benches {

    private static final SortedMap<String, ToIntFunction<List<String>>> ALL =
            new TreeMap<>(Map.<String, ToIntFunction<List<String>>>of(
                    "policy",
                    BenchPolicy::run,
                    "push",
                    BenchPush::run,
                    "storm",
                    BenchStorm::run,
                    "streams",
                    StreamsBench::run,
                    "stuck",
                    StuckReadersBench::run,
                    "writes",
                    BenchWrites::run));

    private Benches() {}

    static int run(List<String> arguments) {
        return Named.run("bench", ALL, arguments);
    }
}
