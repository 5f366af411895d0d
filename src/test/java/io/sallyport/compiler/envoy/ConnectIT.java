package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.testkit.RequiresEnvoy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresEnvoy
class ConnectIT {
    private static final String FRIEND = "127.0.0.2";
    private static final String STRANGER = "127.0.0.3";

    @TempDir
    static Path folder;

    private static ProxyGate gate;

    @BeforeAll
    static void start() {
        gate = new ProxyGate(folder, ConnectIT::policy);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static DesiredState policy(ProxyGate.Ports ports) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet").permitting("127.9.0.0/16").buckets(4).connect("proxy", ports.proxy()),
                aDestination("edge/api")
                        .hosts("api.test", "other.test")
                        .port(443, Protocol.HTTPS, ports.secure())
                        .port(80, Protocol.HTTP, ports.web())
                        .port(9000, Protocol.TCP, ports.web())
                        .port(9443, Protocol.TLS, ports.secure())
                        .statically()
                        .at(ProxyGate.PUBLIC),
                aDestination("edge/closed")
                        .hosts("closed.test")
                        .port(443, Protocol.HTTPS, ports.secure())
                        .statically()
                        .at(ProxyGate.PUBLIC),
                aRule("edge/friends").from(addresses(FRIEND + "/32")).to("edge/api", 443, 80, 9000, 9443),
                aRule("edge/nobody").denying().from(addresses("127.0.0.0/8")).to("edge/closed"));
    }

    @Test
    void aClientThatIsToldOfTheProxyReachesAnHttpsHost() throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), gate.ports.proxy())))
                .localAddress(InetAddress.ofLiteral(FRIEND))
                .sslContext(gate.trust())
                .build()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://api.test/hello")).build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("GET /hello").doesNotContainIgnoringCase("proxy-");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "api.test:443, api.test",
        "API.Test:443, api.test",
        "api.test:443, API.Test",
        "api.test.:443, api.test",
        "Api.TEST.:443, api.test",
        "api.test:9443, api.test",
        "other.test:443, other.test"
    })
    void aTunnelCarriesTlsToTheHostThatItIsFor(String authority, String host) {
        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect(authority)).startsWith("HTTP/1.1 200");
            assertThat(client.secretly(gate.trust(), host)).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.test:9000", "api.test:80"})
    void aTunnelToAPortWithoutTlsCarriesWhateverComes(String authority) {
        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect(authority)).startsWith("HTTP/1.1 200");
            assertThat(client.openly("GET / HTTP/1.1\r\nhost: inside\r\n\r\n")).isEqualTo("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "closed.test:443, edge/nobody",
        "CLOSED.test.:443, edge/nobody",
        "api.test:22, sallyport/default-deny",
        "api.test:0443, sallyport/default-deny",
        "unknown.test:443, sallyport/unknown-destination",
        "127.0.0.1:22, sallyport/unknown-destination",
        "127.1:443, sallyport/unknown-destination",
        "0x7f.0.0.1:443, sallyport/unknown-destination",
        "2130706433:443, sallyport/unknown-destination",
        "[::1]:443, sallyport/malformed-host",
        "api.test..:443, sallyport/malformed-host",
    })
    void aTunnelIsRefusedByTheRuleThatSaysSo(String authority, String rule) {
        int before = gate.connections();

        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect(authority))
                    .startsWith("HTTP/1.1 403")
                    .contains("application/problem+json", "\"rule\":\"" + rule + "\"");
        }
        assertThat(gate.connections()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.test",
                "api.test:",
                "/",
                "http://api.test:443/",
                "u@api.test:443",
                "api.test:443,closed.test:443"
            })
    void aTunnelToWhatIsNoAuthorityIsABadRequest(String target) {
        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect(target)).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void whoMayNotIsRefused() {
        try (var client = gate.from(STRANGER)) {
            assertThat(client.connect("api.test:443"))
                    .startsWith("HTTP/1.1 403")
                    .contains("sallyport/default-deny");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "api.test, other.test",
        "api.test, closed.test",
        "api.test, api.test.evil.test",
        "api.test, sub.api.test",
        "api.test, xn--api.test",
        "other.test, api.test"
    })
    void aTunnelWithTlsForAnotherHostIsCutBeforeAnythingIsConnected(String host, String serverName) {
        int before = gate.connections();

        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect(host + ":443")).startsWith("HTTP/1.1 200");
            assertThat(client.secretly(gate.trust(), serverName)).isEmpty();
        }
        assertThat(gate.connections()).isEqualTo(before);
        await().untilAsserted(() -> assertThat(lines("proxy/tunnels"))
                .anyMatch(line -> line.contains("\"host\":\"" + host + "\"")
                        && line.contains("\"serverName\":\"" + serverName + "\"")
                        && line.contains("\"reason\":\"other-name\"")
                        && line.contains("\"action\":\"denied\"")
                        && line.contains("\"rule\":\"edge/friends\"")
                        && line.contains("\"source\":\"" + FRIEND + "\"")));
    }

    @Test
    void aTunnelThatMustCarryTlsCarriesNothingElse() {
        int before = gate.connections();

        for (String bytes : List.of("GET / HTTP/1.1\r\nhost: api.test\r\n\r\n", "SSH-2.0-x\r\n", "\0\0\0\0\0\0\0\0")) {
            try (var client = gate.from(FRIEND)) {
                assertThat(client.connect("api.test:443")).startsWith("HTTP/1.1 200");
                assertThat(client.openly(bytes)).isEmpty();
            }
        }
        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect("api.test:443")).startsWith("HTTP/1.1 200");
            assertThat(client.secretly(gate.trust())).as("TLS without a name").isEmpty();
        }
        assertThat(gate.connections()).isEqualTo(before);
    }

    @Test
    void theTargetCountsAndNotTheHostHeader() {
        try (var client = gate.from(FRIEND)) {
            assertThat(client.ask("CONNECT closed.test:443 HTTP/1.1\r\nHost: api.test:443\r\n\r\n"))
                    .contains("edge/nobody");
        }
        try (var client = gate.from(FRIEND)) {
            assertThat(client.ask("CONNECT api.test:443 HTTP/1.1\r\nHost: closed.test:443\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(client.secretly(gate.trust(), "closed.test")).isEmpty();
        }
        try (var client = gate.from(FRIEND)) {
            assertThat(client.ask("GET http://closed.test/ HTTP/1.1\r\nHost: api.test:80\r\n\r\n"))
                    .contains("edge/nobody");
        }
    }

    @Test
    void noHeaderOfOursIsTakenFromAClient() {
        int before = gate.connections();
        String[] forged = {
            "x-sallyport-destination: 0/api.test:443",
            "x-sallyport-tunnel: tunnel/edge/closed/443",
            "x-sallyport-tunnel-host: closed.test",
            "x-forwarded-for: " + FRIEND
        };

        try (var client = gate.from(STRANGER)) {
            assertThat(client.connect("api.test:443", forged)).contains("sallyport/default-deny");
        }
        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect("closed.test:443", forged)).contains("edge/nobody");
        }
        assertThat(gate.connections()).isEqualTo(before);
    }

    @Test
    void noTunnelOfManyAtOnceIsTakenForAnother() {
        List<String> hosts = List.of("api.test", "other.test");
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, 64)
                    .mapToObj(index -> workers.submit(() -> {
                        String asked = hosts.get(index % 2);
                        String inside = hosts.get(index / 2 % 2);
                        String answer = tunnelled(asked, inside);
                        return asked.equals(inside) == answer.startsWith("HTTP/1.1 200") ? "" : asked + " " + inside;
                    }))
                    .toList();

            assertThat(answers).extracting(Future::get).containsOnly("");
        }
    }

    private static String tunnelled(String asked, String inside) {
        try (var client = gate.from(FRIEND)) {
            client.connect(asked + ":443");
            return client.secretly(gate.trust(), inside);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.test:80/p", "HTTP://API.test.:80/p", "/p"})
    void aRequestWithoutATunnelIsHttpOnTheSamePort(String target) {
        try (var client = gate.from(FRIEND)) {
            assertThat(client.ask("GET " + target + " HTTP/1.1\r\nHost: api.test:80\r\nProxy-Connection: keep-alive\r\n"
                            + "Proxy-Authorization: Basic eDp5\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("GET /p HTTP/1.1")
                    .doesNotContainIgnoringCase("proxy-authorization")
                    .doesNotContainIgnoringCase("proxy-connection");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.test:9000/", "http://api.test:9443/", "http://api.test:81/"})
    void aRequestWithoutATunnelDoesNotReachPortsThatDoNotSpeakHttp(String target) {
        int before = gate.connections();

        try (var client = gate.from(FRIEND)) {
            assertThat(client.ask("GET " + target + " HTTP/1.1\r\nHost: api.test\r\n\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .contains("sallyport/default-deny");
        }
        assertThat(gate.connections()).isEqualTo(before);
    }

    @Test
    void tunnelsAreLoggedLikeRequests() {
        try (var client = gate.from(FRIEND)) {
            client.connect("api.test:443");
            assertThat(client.secretly(gate.trust(), "api.test")).startsWith("HTTP/1.1 200");
        }

        await().untilAsserted(() -> assertThat(lines("proxy"))
                .anyMatch(line -> line.contains("\"method\":\"CONNECT\"")
                        && line.contains("\"host\":\"api.test:443\"")
                        && line.contains("\"rule\":\"edge/friends\"")
                        && line.contains("\"source\":\"" + FRIEND + "\"")
                        && line.matches(".*\"bytesReceived\":\"?[1-9].*")));
        await().untilAsserted(() -> assertThat(lines("proxy/tunnels"))
                .anyMatch(line -> line.contains("\"upstream\":\"" + ProxyGate.PUBLIC + ":" + gate.ports.secure() + "\"")
                        && line.contains("\"action\":\"allowed\"")
                        && line.contains("\"rule\":\"edge/friends\"")));
    }

    private static List<String> lines(String listener) {
        return gate.accessLog()
                .lines()
                .filter(line -> line.contains("\"listener\":\"" + listener + "\""))
                .toList();
    }
}
