package io.sallyport.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.DesiredState;
import io.sallyport.testkit.ExampleState;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of HTTPS, as their pages say, at ports of their own. */
@RequiresEnvoy
class HttpsExamplesIT {
    private static final String HOST = "billing.example";
    private static final String HERE = "127.0.0.2";
    private static final String ELSEWHERE = "127.0.0.3";

    @TempDir
    Path folder;

    @Test
    void certificatesProveWorkloads() throws IOException {
        ExampleState example = ExampleState.made("https-mutual", folder);
        try (var gate = gate(example, "10445")) {
            assertThat(ask(gate, ELSEWHERE, example.client("checkout", "gateways"), HOST)
                            .status())
                    .isEqualTo(200);
            assertThat(ask(gate, ELSEWHERE, example.client("batch", "gateways"), HOST)
                            .body())
                    .contains("default-deny");
            assertThat(ask(gate, ELSEWHERE, example.client("checkout", "gateways"), "other.example")
                            .body())
                    .contains("other-name");
            assertThatThrownBy(() -> ask(gate, HERE, example.trusting("gateways"), HOST))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void tokensProveWorkloads() throws IOException {
        ExampleState example = ExampleState.made("https-tokens", folder);
        SSLContext context = example.trusting("server");
        try (var gate = gate(example, "10444")) {
            assertThat(ask(gate, ELSEWHERE, context, HOST, bearer("checkout")).status())
                    .isEqualTo(200);
            assertThat(ask(gate, ELSEWHERE, context, HOST, bearer("batch")).body())
                    .contains("default-deny");
            assertThat(ask(gate, HERE, context, HOST, bearer("checkout") + "x").status())
                    .isEqualTo(401);
            assertThat(ask(gate, HERE, context, HOST).status()).isEqualTo(200);
            assertThat(ask(gate, ELSEWHERE, context, HOST).body()).contains("default-deny");
        }
    }

    @Test
    void theGatewayShowsAPartnerWhatItAsksFor() throws IOException {
        ExampleState example = ExampleState.made("tls-origination", folder);
        try (var partner = TlsServers.at(
                        "127.0.0.1",
                        0,
                        example.client("partner", "gateways"),
                        asking -> asking.setNeedClientAuth(true));
                var gate = new HttpGate(
                        folder,
                        ports -> example.read(text -> text.replace("10080", Integer.toString(ports.first()))
                                .replace("18444", Integer.toString(partner.port()))))) {
            assertThat(RawHttp.get(HERE, gate.ports().first(), "partner.example")
                            .body())
                    .contains("host: partner.example");
        }
    }

    private HttpGate gate(ExampleState example, String port) throws IOException {
        return new HttpGate(folder, ports -> state(example, port, ports));
    }

    private static DesiredState state(ExampleState example, String port, HttpGate.Ports ports) {
        return example.read(text ->
                text.replace(port, Integer.toString(ports.first())).replace("18080", Integer.toString(ports.web())));
    }

    private String bearer(String subject) throws IOException {
        return "Proxy-Authorization: Bearer " + Files.readString(folder.resolve(subject + ".token"));
    }

    private static RawHttp.Answer ask(HttpGate gate, String from, SSLContext context, String host, String... headers) {
        try (var http = RawHttp.connectSecurely(from, gate.ports().first(), context, HOST)) {
            return http.get(host, headers);
        }
    }
}
