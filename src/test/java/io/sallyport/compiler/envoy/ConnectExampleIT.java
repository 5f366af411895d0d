package io.sallyport.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.testkit.ExampleState;
import io.sallyport.testkit.RequiresEnvoy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresEnvoy
class ConnectExampleIT {
    private static final String CHECKOUT = "127.0.0.2";

    @TempDir
    Path folder;

    @Test
    void theExampleIsAProxyThatDoesWhatItSays() {
        var example = new ExampleState(Path.of("examples", "connect-proxy"), folder);

        try (var gate = new ProxyGate(folder, ports -> example.read(text -> adapted(text, ports)))) {
            try (var client = gate.from(CHECKOUT)) {
                assertThat(client.connect("billing.example:443")).startsWith("HTTP/1.1 200");
                assertThat(client.secretly(gate.trust(), "billing.example")).startsWith("HTTP/1.1 200");
            }
            try (var client = gate.from(CHECKOUT)) {
                assertThat(client.connect("billing.example:443")).startsWith("HTTP/1.1 200");
                assertThat(client.secretly(gate.trust(), "other.example")).isEmpty();
            }
            try (var client = gate.from(CHECKOUT)) {
                assertThat(client.connect("billing.example:2200")).startsWith("HTTP/1.1 200");
                assertThat(client.openly("GET / HTTP/1.1\r\nhost: x\r\n\r\n")).isEqualTo("HTTP/1.1 200");
            }
            try (var client = gate.from(CHECKOUT)) {
                assertThat(client.ask("GET http://billing.example/hello HTTP/1.1\r\nHost: x\r\n\r\n"))
                        .startsWith("HTTP/1.1 200");
            }
            try (var client = gate.from(CHECKOUT)) {
                assertThat(client.connect(ProxyGate.PUBLIC + ":443")).startsWith("HTTP/1.1 200");
                assertThat(client.secretly(gate.trust())).startsWith("HTTP/1.1 200");
            }
            try (var client = gate.from("127.0.0.1")) {
                assertThat(client.connect("billing.example:443")).startsWith("HTTP/1.1 403");
            }
        }
    }

    private static String adapted(String text, ProxyGate.Ports ports) {
        return text.replace("10128", Integer.toString(ports.proxy()))
                .replace("18080", Integer.toString(ports.web()))
                .replace("18443", Integer.toString(ports.secure()))
                .replace("endpoints: [{address: 127.0.0.1}]", "endpoints: [{address: " + ProxyGate.PUBLIC + "}]");
    }
}
