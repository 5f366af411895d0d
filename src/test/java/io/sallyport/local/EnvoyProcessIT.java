package io.sallyport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresEnvoy
class EnvoyProcessIT {
    @TempDir
    Path folder;

    @Test
    void becomesLiveAndIsGoneWhenClosed() throws IOException {
        EnvoyProcess envoy = EnvoyProcess.start(RequiresEnvoy.Condition.binary(), bootstrap("admin.sock"), folder);

        try (envoy) {
            envoy.awaitLive(Patience.LONG);
            assertThat(envoy.admin().orElseThrow().get("/server_info")).contains("\"state\": \"LIVE\"");
        }

        assertThat(envoy.isAlive()).isFalse();
    }

    @Test
    void saysWhyItDoesNotBecomeLive() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"no_such_field\": 1}");

        try (EnvoyProcess envoy = EnvoyProcess.start(RequiresEnvoy.Condition.binary(), broken, folder)) {
            assertThatThrownBy(() -> envoy.awaitLive(Patience.LONG)).hasMessageContaining("no_such_field");
        }
    }

    private Path bootstrap(String socket) throws IOException {
        String admin = "{\"admin\": {\"address\": {\"pipe\": {\"path\": \"%s\"}}}}".formatted(folder.resolve(socket));
        return Files.writeString(folder.resolve("envoy.json"), admin);
    }
}
