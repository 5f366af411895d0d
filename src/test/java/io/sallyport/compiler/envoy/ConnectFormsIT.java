package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.anything;
import static io.sallyport.testkit.RouteMatchBuilder.path;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RequiresEnvoy;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A forward proxy by HTTP/2 and over TLS, with bounds on flows, at a gateway that allows by default. */
@RequiresEnvoy
class ConnectFormsIT {
    private static final String FRIEND = "127.0.0.2";
    private static final Duration LONGEST = Duration.ofSeconds(4);
    private static final CertificateAuthority GATEWAYS = CertificateAuthority.named("gateways");

    @TempDir
    static Path folder;

    private static ProxyGate gate;

    @BeforeAll
    static void start() {
        gate = new ProxyGate(folder, ConnectFormsIT::policy);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static DesiredState policy(ProxyGate.Ports ports) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aCredential("edge/server").certificate(GATEWAYS.server("proxy.test")),
                aGateway("edge/internet")
                        .permitting("127.9.0.0/16")
                        .allowingByDefault()
                        .maxFlowDuration(LONGEST)
                        .connect("proxy", ports.proxy())
                        .connect("secure", ports.other())
                        .endingTls("server"),
                aDestination("edge/api")
                        .hosts("api.test")
                        .port(443, Protocol.HTTPS, ports.secure())
                        .port(80, Protocol.HTTP, ports.web())
                        .port(9000, Protocol.TCP, ports.web())
                        .port(9443, Protocol.TLS, ports.secure())
                        .statically()
                        .at(ProxyGate.PUBLIC),
                aDestination("edge/routed")
                        .hosts("routed.test")
                        .port(80, Protocol.HTTP, ports.web())
                        .port(8080, Protocol.HTTP, ports.web())
                        .statically()
                        .at(ProxyGate.PUBLIC),
                aRoute("edge/routed")
                        .ofDestination("routed")
                        .with(where(path("/old"))
                                .doing(new RouteFilter.Rewrite(List.of(), List.of(new PathRewrite.Full("/new")))))
                        .with(where(prefix("/part")).underPrefix("/"))
                        .with(where(prefix("/host")).to("edge/api").underHost("api.test"))
                        .with(where(prefix("/moved")).redirectingTo("api.test"))
                        .with(where(anything().port(8080)).answering(200, "by its port")),
                aDestination("edge/closed")
                        .hosts("closed.test")
                        .port(443, Protocol.TLS, ports.secure())
                        .statically()
                        .at(ProxyGate.PUBLIC),
                aRule("edge/nobody").denying().from(addresses("127.0.0.0/8")).to("edge/closed"));
    }

    @ParameterizedTest
    @CsvSource({
        "api.test:9000, 200",
        "API.test.:9000, 200",
        "closed.test:443, 403",
        "api.test:22, 403",
        "unknown.test:443, 403"
    })
    void decidesOnTunnelsByHttp2AsOnOthers(String authority, int status) throws Exception {
        try (var http = new Http2()) {
            assertThat(http.connect(authority, "GET / HTTP/1.1\r\nhost: x\r\n\r\n"))
                    .isEqualTo(status);
            if (status == 200) {
                assertThat(http.answer()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://routed.test/old?q=1, GET /new?q=1, host: routed.test",
        "http://routed.test:80/old, GET /new, host: routed.test:80",
        "http://Routed.test/part/a, GET /a, host: Routed.test",
        "http://routed.test/host/a, GET /host/a, host: api.test"
    })
    void aPathIsRewrittenWhereTheWholeUrlIsAskedFor(String url, String asked, String host) {
        try (var client = gate.from(FRIEND)) {
            assertThat(client.ask("GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(url)))
                    .startsWith("HTTP/1.1 200")
                    .contains("\r\n\r\n" + asked + " HTTP/1.1")
                    .contains(host);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://routed.test/moved/a, 302",
        "http://routed.test/else, 404",
        "http://routed.test/part//a, 400",
        "http://routed.test:8080/else, 200"
    })
    void whatRoutesAnswerIsAnsweredToWholeUrls(String url, int status) {
        try (var client = gate.from(FRIEND)) {
            assertThat(client.ask("GET %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(url)))
                    .startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void aTunnelPassesRoutesBy() {
        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect("routed.test:80")).startsWith("HTTP/1.1 200");
            assertThat(client.openly("GET /part//a HTTP/1.1\r\nHost: routed.test\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    // The client leaves out the port that HTTP has by itself.
    @Test
    void aTunnelWithoutAPortIsOneToTheFirstPortThatSpeaksHttp() throws Exception {
        try (var http = new Http2()) {
            assertThat(http.connect("api.test:80", "")).isEqualTo(200);
        }

        await().untilAsserted(() -> assertThat(gate.accessLog().lines())
                .anyMatch(line ->
                        line.contains("\"host\":\"api.test\"") && line.contains("\"cluster\":\"proxy/tunnels\"")));
    }

    @Test
    void overTlsToTheProxyItIsTheSame() {
        try (var client = secure()) {
            assertThat(client.connect("api.test:443")).startsWith("HTTP/1.1 200");
            assertThat(client.secretly(gate.trust(), "api.test")).startsWith("HTTP/1.1 200");
        }
        try (var client = secure()) {
            assertThat(client.connect("closed.test:443"))
                    .startsWith("HTTP/1.1 403")
                    .contains("edge/nobody");
        }
        try (var client = secure()) {
            assertThat(client.ask("GET http://api.test:80/p HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("host: api.test:80");
        }
    }

    @ParameterizedTest
    @CsvSource({"http://api.test:9000/", "http://api.test:9443/", "http://api.test:81/"})
    void whatIsAllowedByDefaultLeadsNowhereWhereNoHttpIs(String target) {
        int before = gate.connections();

        try (var client = gate.from(FRIEND)) {
            assertThat(client.ask("GET " + target + " HTTP/1.1\r\nHost: api.test\r\n\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .contains("unknown-destination");
        }
        assertThat(gate.connections()).isEqualTo(before);
    }

    @Test
    void noTunnelLastsLongerThanFlowsMay() {
        List<CompletableFuture<Duration>> tunnels = Stream.of("api.test:9000", "api.test:443")
                .map(authority ->
                        CompletableFuture.supplyAsync(() -> lifeOfTunnel(authority), Thread::startVirtualThread))
                .toList();

        assertThat(tunnels)
                .extracting(CompletableFuture::join)
                .allMatch(life -> life.compareTo(LONGEST.minusMillis(200)) > 0);
        await().untilAsserted(() -> assertThat(gate.accessLog()).contains("\"reason\":\"max-flow-duration\""));
    }

    // No bytes: TLS that never begins, and a server that waits for its client.
    private static Duration lifeOfTunnel(String authority) {
        Instant before = Instant.now();
        try (var client = gate.from(FRIEND)) {
            assertThat(client.connect(authority)).startsWith("HTTP/1.1 200");
            assertThat(client.openly("")).isEmpty();
        }
        return Duration.between(before, Instant.now());
    }

    private static ProxyClient secure() {
        return ProxyClient.from(FRIEND, gate.ports.other()).over(GATEWAYS.context());
    }

    /** A client that speaks HTTP/2 in the clear from the start. */
    private static final class Http2 implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx();
        private final io.vertx.core.http.HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setLocalAddress(FRIEND));

        private final CompletableFuture<Buffer> first = new CompletableFuture<>();

        /** The status of the answer; where it is a tunnel, the bytes are sent into it. */
        int connect(String authority, String bytes) throws Exception {
            int colon = authority.indexOf(':');
            return client.request(new RequestOptions()
                            .setMethod(HttpMethod.CONNECT)
                            .setServer(SocketAddress.inetSocketAddress(gate.ports.proxy(), "127.0.0.1"))
                            .setHost(authority.substring(0, colon))
                            .setPort(Integer.parseInt(authority.substring(colon + 1))))
                    .compose(HttpClientRequest::connect)
                    .map(answer -> sent(answer, bytes))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(Patience.MILLIS, TimeUnit.MILLISECONDS);
        }

        private int sent(HttpClientResponse answer, String bytes) {
            if (answer.statusCode() == 200) {
                answer.netSocket().handler(first::complete).write(bytes);
            }
            return answer.statusCode();
        }

        /** The first bytes that came back. */
        String answer() throws Exception {
            return first.get(Patience.MILLIS, TimeUnit.MILLISECONDS).toString();
        }

        @Override
        public void close() {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
