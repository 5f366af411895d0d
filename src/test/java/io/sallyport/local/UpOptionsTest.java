package io.sallyport.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpOptionsTest {

    @Test
    void whatIsNotGivenIsTheDefault() {
        var options = UpOptions.parse(List.of("--http-port", "8081"));

        assertThat(options)
                .isEqualTo(new UpOptions(
                        true, 8081, 9090, 8180, 5433, Checkout.state().resolve("data")));
    }

    @Test
    void theDataFolderIsSeenFromWhereTheUserIs() {
        var options = UpOptions.parse(List.of("--only", "control-plane", "--data", "kept"));

        assertThat(options.withExample()).isFalse();
        assertThat(options.data()).isEqualTo(Path.of("kept").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http-port 0", "--grpc-port 70000", "--only envoy", "--port 1", "now", "--data"})
    void whatItDoesNotUnderstandIsRefused(String line) {
        assertThatThrownBy(() -> UpOptions.parse(List.of(line.split(" ", -1)))).isInstanceOf(CommandException.class);
    }

    @Test
    void aPortInUseIsNamedWithTheRemedy() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var options = UpOptions.parse(List.of("--only", "control-plane", "--grpc-port", "" + taken.getLocalPort()));

            assertThatThrownBy(() -> PortCheck.check(options))
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is in use")
                    .hasMessageContaining("--grpc-port");
        }
    }
}
