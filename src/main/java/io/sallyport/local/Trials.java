package io.sallyport.local;

import io.sallyport.local.conformance.ConformanceVerb;
import io.sallyport.local.differential.DifferentialVerb;
import io.sallyport.local.replicas.ReplicasVerb;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** What looks for wrong behaviour by chance and takes long, by name. */
final class Trials {

    private static final SortedMap<String, ToIntFunction<List<String>>> ALL =
            new TreeMap<>(Map.<String, ToIntFunction<List<String>>>of(
                    "api",
                    ApiTrial::run,
                    "differential",
                    DifferentialVerb::run,
                    "replicas",
                    ReplicasVerb::run,
                    "writes",
                    WritesTrial::run,
                    "xds",
                    ConformanceVerb::run));

    private Trials() {}

    static int run(List<String> arguments) {
        return Named.run("trial", ALL, arguments);
    }
}
