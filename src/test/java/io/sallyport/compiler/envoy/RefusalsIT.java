package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.Connection;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.DnsSettings;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.Ports;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client hears, and what is logged, where a request comes to nothing. */
@RequiresEnvoy
class RefusalsIT {
    private static final String HERE = "127.0.0.2";
    private static final String SETTINGS = "000000" + "04" + "00" + "00000000";
    // GET and http by their numbers in the static table (RFC 7541, appendix A).
    private static final String HEADERS_WITHOUT_PATH = "000002" + "01" + "05" + "00000001" + "8286";

    private static final CertificateAuthority UNKNOWN = CertificateAuthority.named("unknown");

    @TempDir
    static Path folder;

    private static HttpGate gate;
    private static EchoUpstream secure;
    /** Takes connections and never says a word: an upstream that reads lines might answer to bytes of a handshake. */
    private static ServerSocket silent;

    private static OldTlsUpstream old;

    @BeforeAll
    static void start() throws IOException {
        secure = EchoUpstream.serving(UNKNOWN.server("untrusted.test")
                .context(UNKNOWN)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
        silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        old = OldTlsUpstream.at("127.0.0.1", Ports.free());
        gate = new HttpGate(
                folder,
                RefusalsIT::policy,
                names -> names.answer("private.test", "127.9.0.77")
                        .answer("only-ipv4.test", "127.0.0.1")
                        .answer("hidden.dynamic.test", "127.9.0.77"));
        await().until(() -> get(HERE, "private.test").body(), answer -> !answer.contains("upstream-dns"));
    }

    @AfterAll
    static void stop() throws IOException {
        gate.close();
        secure.close();
        silent.close();
        old.close();
    }

    private static DesiredState policy(HttpGate.Ports ports) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet").permitting("127.0.0.1/32").http("http", ports.first()),
                fixed("open").port(80, Protocol.HTTP, ports.web()),
                fixed("closed").port(80, Protocol.HTTP, ports.third()),
                fixed("untrusted").port(443, Protocol.HTTPS, secure.port()),
                fixed("old").port(443, Protocol.HTTPS, old.port()),
                fixed("silent")
                        .port(443, Protocol.HTTPS, silent.getLocalPort())
                        .connection(new Connection(
                                Duration.ofSeconds(1), 1024, 1024, 1024, 3, List.of(), 100, Duration.ofHours(1))),
                aDestination("edge/private").hosts("private.test").port(80, Protocol.HTTP, ports.web()),
                aDestination("edge/only-ipv4")
                        .hosts("only-ipv4.test")
                        .port(80, Protocol.HTTP, ports.web())
                        .dns(DnsSettings.DEFAULT_REFRESH_RATE, false, DnsSettings.Family.V6_ONLY),
                aDestination("edge/absent").hosts("absent.test").port(80, Protocol.HTTP, ports.web()),
                aDestination("edge/dynamic")
                        .hosts("*.dynamic.test")
                        .dynamically()
                        .port(80, Protocol.HTTP, ports.web()),
                aRule("edge/no")
                        .tier(Tier.ADMIN)
                        .denying()
                        .from(addresses("127.0.0.9/32"))
                        .to("edge/open"),
                aRule("edge/all")
                        .tier(Tier.ADMIN)
                        .priority(2000)
                        .from(addresses("0.0.0.0/0"))
                        .to("edge/open")
                        .to("edge/closed")
                        .to("edge/untrusted")
                        .to("edge/silent")
                        .to("edge/old")
                        .to("edge/private")
                        .to("edge/absent")
                        .to("edge/only-ipv4")
                        .to("edge/dynamic"));
    }

    private static DestinationBuilder fixed(String name) {
        return aDestination("edge/" + name).hosts(name + ".test").statically().at("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "closed.test, 503, upstream-connect",
        "untrusted.test:443, 502, upstream-tls",
        "silent.test:443, 504, upstream-timeout",
        "old.test:443, 502, upstream-tls",
        "private.test, 403, address-policy",
        "hidden.dynamic.test, 403, address-policy",
        "absent.dynamic.test, 503, upstream-dns",
        "absent.test, 503, upstream-dns",
        "only-ipv4.test, 503, upstream-dns",
    })
    void saysWhyTheDestinationDidNotAnswer(String host, int status, String code) {
        RawHttp.Answer answer = get(HERE, host);

        assertThat(answer.body()).contains("\"code\":\"" + code + "\"", "\"status\":" + status);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).contains("application/problem+json");
        await().untilAsserted(() -> assertThat(gate.log()).anySatisfy(line -> {
            assertThat(line.path("host").asText()).isEqualTo(host);
            assertThat(line.path("reason").asText()).isEqualTo(code);
        }));
    }

    @Test
    void connectsToNoAddressThatPolicyDenies() {
        int before = gate.connections();

        get(HERE, "private.test");
        get(HERE, "hidden.dynamic.test");

        assertThat(gate.connections()).isEqualTo(before);
    }

    @Test
    void namesTheRuleThatRefused() {
        RawHttp.Answer answer = get("127.0.0.9", "open.test");

        assertThat(answer.body())
                .contains("\"code\":\"rule\"", "\"rule\":\"edge/no\"", "\"detail\":\"refused by edge/no\"");
        await().untilAsserted(() ->
                assertThat(gate.log()).anyMatch(line -> says(line, "reason", "rule") && says(line, "rule", "edge/no")));
    }

    @Test
    void theLogLeavesOutTheQuery() {
        try (var http = RawHttp.connect(HERE, gate.ports().first())) {
            http.send("GET /a?token=hidden HTTP/1.1\r\nHost: open.test\r\n\r\n");
        }

        await().untilAsserted(() -> assertThat(gate.log()).anyMatch(line -> says(line, "path", "/a")));
        assertThat(gate.log().toString()).doesNotContain("hidden\"", "token=");
    }

    @Test
    void aHeadRequestIsRefusedWithoutABody() {
        try (var http = RawHttp.connect("127.0.0.9", gate.ports().first())) {
            http.sendHead("HEAD / HTTP/1.1\r\nHost: open.test\r\n\r\n");

            assertThat(http.get("open.test").body()).contains("edge/no");
        }
    }

    @Test
    void aClientOfGrpcHearsAStatusOfGrpc() {
        try (var http = RawHttp.connect("127.0.0.9", gate.ports().first())) {
            RawHttp.Answer answer = http.send(
                    "POST /a.B/C HTTP/1.1\r\nHost: open.test\r\nContent-Type: application/grpc\r\nTE: trailers\r\nContent-Length: 0\r\n\r\n");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("grpc-status")).contains("7");
            assertThat(answer.header("grpc-message").orElse("")).contains("edge/no");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 400, http1.codec_error",
        "GET no-path HTTP/1.1, 400, http1.codec_error",
        "G(T / HTTP/1.1, 400, http1.codec_error",
        "GET / HTTP/1.1, 400, missing_host_header",
        "GET / HTTP/1.1|Host: open.test|A B: c, 400, http1.codec_error",
        "GET / HTTP/1.1|Host: open.test|Content-Length: 1|Transfer-Encoding: chunked, 400, http1.content_length",
        "GET / HTTP/1.1|Host: open.test|Transfer-Encoding: what, 501, http1.invalid_transfer_encoding",
        "GET / HTTP/1.0|Host: open.test, 426, low_version",
        "OPTIONS * HTTP/1.1|Host: open.test, 404, absolute_path_rejected",
        "CONNECT open.test HTTP/1.1|Host: open.test, 400, http1.invalid_url",
    })
    void whatIsNoRequestIsSaidToBeNoneAndWasNotAllowed(String head, int status, String details) {
        assertThatNothingIsLetThrough(head.replace("|", "\r\n") + "\r\n\r\n", status, "malformed-request", details);
    }

    @Test
    void headersThatAreTooLargeOrTooManyAreNoRequest() {
        String head = "GET / HTTP/1.1\r\nHost: open.test\r\n";

        assertThatNothingIsLetThrough(
                head + "A: " + "x".repeat(70_000) + "\r\n\r\n", 431, "malformed-request", "http1.headers_too_large");
        assertThatNothingIsLetThrough(
                head + "A: x\r\n".repeat(200) + "\r\n", 431, "malformed-request", "http1.too_many_headers");
    }

    @Test
    void nothingIsUpgradedButToWebSocket() {
        assertThatNothingIsLetThrough(
                "GET / HTTP/1.1\r\nHost: open.test\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n",
                403,
                "upgrade-refused",
                "upgrade_failed");
    }

    @Test
    void whoeverLeavesBeforeTheRequestIsWholeWasNotAllowed() throws IOException {
        try (var socket =
                new Socket(InetAddress.ofLiteral("127.0.0.1"), gate.ports().first())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: op".getBytes(US_ASCII));
        }

        await().untilAsserted(() -> assertThat(gate.log())
                .anyMatch(line -> says(line, "reason", "incomplete-request") && says(line, "action", "denied")));
    }

    @Test
    void aRequestOfHttp2WithoutAPathIsNone() throws IOException {
        try (var socket =
                new Socket(InetAddress.ofLiteral("127.0.0.1"), gate.ports().first())) {
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
            socket.getOutputStream().write(HexFormat.of().parseHex(SETTINGS + HEADERS_WITHOUT_PATH));

            await().untilAsserted(() -> assertThat(gate.log())
                    .anyMatch(line -> says(line, "action", "denied")
                            && says(line, "reason", "malformed-request")
                            && says(line, "details", "http2.violation.of.messaging.rule")));
        }
    }

    @Test
    void whatWasAllowedAndThenStumblesWasAllowed() {
        try (var http = RawHttp.connect("127.0.0.7", gate.ports().first())) {
            RawHttp.Answer answer =
                    http.send("POST / HTTP/1.1\r\nHost: open.test\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n");

            assertThat(answer.body()).contains("\"code\":\"malformed-request\"");
        }
        await().untilAsserted(() -> assertThat(gate.log()).anySatisfy(line -> {
            assertThat(line.path("source").asText()).isEqualTo("127.0.0.7");
            assertThat(line.path("action").asText()).isEqualTo("allowed");
            assertThat(line.path("rule").asText()).isEqualTo("edge/all");
            assertThat(line.path("reason").asText()).isEqualTo("malformed-request");
        }));
    }

    private static void assertThatNothingIsLetThrough(String request, int status, String code, String details) {
        try (var http = RawHttp.connect("127.0.0.8", gate.ports().first())) {
            RawHttp.Answer answer = http.send(request);

            assertThat(answer.body()).contains("\"code\":\"" + code + "\"", "\"status\":" + status);
            assertThat(answer.status()).isEqualTo(status);
        }
        await().untilAsserted(() -> assertThat(gate.log())
                .filteredOn(line -> says(line, "source", "127.0.0.8")
                        && line.path("details").asText().startsWith(details))
                .isNotEmpty()
                .allMatch(line -> says(line, "action", "denied") && says(line, "reason", code))
                .allMatch(line -> line.path("rule").isNull()));
    }

    private static boolean says(JsonNode line, String field, String value) {
        return line.path(field).asText().equals(value);
    }

    private static RawHttp.Answer get(String from, String host) {
        try (var http = RawHttp.connect(from, gate.ports().first())) {
            return http.get(host);
        }
    }
}
