package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** An Envoy without a control plane, that leads the hosts of a gateway to where the gateway does. */
final class BareEnvoy {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private BareEnvoy() {}

    static EnvoyProcess start(EnvoyBinary binary, Path folder, PlainConfiguration configuration) {
        try {
            Files.createDirectories(folder);
            Path bootstrap = Files.writeString(folder.resolve("bootstrap.json"), configuration.bootstrap(folder));
            return EnvoyProcess.start(binary, bootstrap, folder).awaitLive(PATIENCE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
