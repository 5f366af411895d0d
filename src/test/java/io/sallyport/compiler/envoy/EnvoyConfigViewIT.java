package io.sallyport.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.DesiredState;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@RequiresEnvoy
class EnvoyConfigViewIT {
    @TempDir
    Path folder;

    static Set<String> cases() {
        return Cases.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anEnvoyFindsEveryCaseValid(String name) throws IOException {
        var snapshot = new SnapshotCompiler().compile(state(name), Cases.GATEWAY);
        var view = EnvoyConfigView.withSecrets(new EnvoyCompiler().compile(snapshot));
        Path file = Files.writeString(folder.resolve("envoy.json"), new ObjectMapper().writeValueAsString(view));

        assertThat(validation(file)).contains("configuration '%s' OK".formatted(file));
    }

    @Test
    void peopleSeeNoSecret() {
        var snapshot = new EnvoyCompiler()
                .compile(new SnapshotCompiler().compile(state("identities-of-all-kinds"), Cases.GATEWAY));

        assertThat(EnvoyConfigView.withSecrets(snapshot).toString()).contains("PRIVATE KEY", "BEGIN CERTIFICATE");
        assertThat(EnvoyConfigView.of(snapshot).toString())
                .contains("edge/server", "[redacted]")
                .doesNotContain("PRIVATE KEY", "BEGIN CERTIFICATE");
        assertThat(snapshot.toString()).doesNotContain("PRIVATE KEY", "BEGIN CERTIFICATE");
    }

    private static DesiredState state(String name) {
        return Objects.requireNonNull(Cases.all().get(name));
    }

    private static String validation(Path file) throws IOException {
        String envoy = RequiresEnvoy.Condition.binary().path().toString();
        Process process = new ProcessBuilder(envoy, "--mode", "validate", "-c", file.toString())
                .redirectErrorStream(true)
                .start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
