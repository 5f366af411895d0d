package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.Dial.HUNG_UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.ClientHello;
import io.sallyport.testkit.Dial;
import io.sallyport.testkit.ExampleState;
import io.sallyport.testkit.NamedUpstream;
import io.sallyport.testkit.ProxyHeader;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresEnvoy
class ConnectionExampleIT {
    private static final String SHOP = "127.0.0.2";
    private static final String OTHER = "127.0.0.3";

    @TempDir
    Path folder;

    @Test
    void theExampleDoesWhatItSays() throws IOException {
        int database = Ports.free();
        int balanced = Ports.free();
        int tls = Ports.free();
        try (var first = NamedUpstream.speakingFirst("server", "127.9.0.1", Ports.free());
                var _ = NamedUpstream.speakingFirst("server", "127.9.0.2", first.port());
                var names = NameServer.start().answer("a.packages.example", "127.9.0.1");
                var _ = new ConnectionGate(
                        folder,
                        names,
                        new ExampleState(Path.of("examples", "tcp-and-tls"), folder)
                                .read(text -> text.replace("15432", Integer.toString(database))
                                        .replace("15433", Integer.toString(balanced))
                                        .replace("10443", Integer.toString(tls))
                                        .replace(
                                                "protocol: TCP}]",
                                                "protocol: TCP, targetPort: %d}]".formatted(first.port()))
                                        .replace(
                                                "protocol: TLS}]",
                                                "protocol: TLS, targetPort: %d}]".formatted(first.port()))))) {
            assertThat(Dial.hear(SHOP, database)).isEqualTo("server");
            assertThat(Dial.hear(OTHER, database)).isEqualTo(HUNG_UP);
            assertThat(Dial.hear(OTHER, balanced, ProxyHeader.version2(SHOP, "192.0.2.7", 5432)))
                    .isEqualTo("server");
            assertThat(Dial.hear(SHOP, tls, ClientHello.naming("a.packages.example")))
                    .isEqualTo("server");
            assertThat(Dial.hear(SHOP, tls, ClientHello.naming("elsewhere.example")))
                    .isEqualTo(HUNG_UP);
        }
    }
}
