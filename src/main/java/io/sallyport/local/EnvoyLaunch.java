package io.sallyport.local;

import java.nio.file.Path;
import java.util.List;

/** The line that launches an Envoy as a gateway. */
final class EnvoyLaunch {

    private EnvoyLaunch() {}

    // What drains is cut after a second: listeners are skeletons, which no rule changes.
    static List<String> command(String envoy, Path bootstrap) {
        return List.of(
                envoy,
                "-c",
                bootstrap.toString(),
                "--use-dynamic-base-id",
                "--drain-time-s",
                "1",
                "--drain-strategy",
                "immediate");
    }

    static String nameToPrint() {
        return EnvoyBinary.find().map(envoy -> envoy.path().toString()).orElse("envoy");
    }
}
