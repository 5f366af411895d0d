package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.CorporateProxy;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RawHttp.Answer;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that may leave by a forward proxy alone. Nothing else answers the names that it asks the proxy for. */
@RequiresEnvoy
class CorporateProxyIT {
    private static final String INTERNET = "127.9.2.1";
    private static final String CREDENTIAL = "Basic c2FsbHk6cG9ydA==";
    private static final CertificateAuthority CA = CertificateAuthority.named("ca");

    @TempDir
    static Path folder;

    private static NameServer names;
    private static CorporateProxy proxy;
    private static EchoUpstream clear;
    private static EchoUpstream secure;
    private static int clearPort;
    private static int securePort;
    private static int connecting;
    private static int passing;
    private static int raw;
    private static int learning;
    private static Outpost outpost;

    @BeforeAll
    static void start() {
        clearPort = Ports.free();
        securePort = Ports.free();
        int listening = Ports.free();
        connecting = Ports.free();
        passing = Ports.free();
        raw = Ports.free();
        learning = Ports.free();
        clear = EchoUpstream.at(INTERNET, clearPort);
        secure = TlsServers.at(
                INTERNET,
                securePort,
                CA.server("named.test", "*.wild.test", "fixed.test").context(CA));
        proxy = CorporateProxy.start("127.9.2.9", INTERNET, CREDENTIAL);
        names = NameServer.start().answer("proxy.corp", "127.9.2.9");
        outpost = Outpost.start(
                folder,
                names,
                listening,
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet")
                        .permitting(Outpost.INTERNET)
                        .leavingThrough("proxy.corp", proxy.port(), "edge/proxy-token")
                        .http("http", listening)
                        .connect("connect", connecting)
                        .tls("tls", passing)
                        .tcp("tcp", raw, "raw")
                        .tcp("learning", learning, "ranges")
                        .acceptingProxyProtocol(),
                aCredential("edge/proxy-token").token(CREDENTIAL),
                aCredential("edge/ca").caBundle(CA.bundle()),
                aSecurityPolicy("edge/trust")
                        .onDestination("named")
                        .onDestination("wild")
                        .onDestination("fixed")
                        .trusting("ca"),
                web("edge/named").hosts("named.test", "other.test"),
                web("edge/wild").hosts("*.wild.test").dynamically(),
                aDestination("edge/raw")
                        .hosts("raw.test")
                        .port(5432, Protocol.TCP, clearPort)
                        .at("raw.test"),
                aDestination("edge/ranges")
                        .addresses("127.9.2.0/24")
                        .port(5432, Protocol.TCP, clearPort)
                        .asAsked(),
                web("edge/led").hosts("led.test"),
                aRoute("edge/led")
                        .ofDestination("led")
                        .with(where(prefix("/named")).to("edge/named").underPrefix("/new"))
                        .with(where(prefix("/as-named")).to("edge/named").underHost("other.test"))
                        .with(where(prefix("/wild")).to("edge/wild").underHost("d.wild.test"))
                        .with(where(prefix("/secure")).toPort("edge/fixed", 443).underHost("fixed.test"))
                        .with(where(prefix("/copied")).to("edge/named").mirroredTo("edge/named")),
                web("edge/fixed").hosts("fixed.test").statically().at("127.9.2.3", securePort),
                aRule("edge/all")
                        .tier(Tier.ADMIN)
                        .from(everyone())
                        .to("edge/named")
                        .to("edge/wild")
                        .to("edge/led")
                        .to("edge/raw")
                        .to("edge/ranges")
                        .to("edge/fixed"));
    }

    private static DestinationBuilder web(String name) {
        return aDestination(name).port(80, Protocol.HTTP, clearPort).port(443, Protocol.HTTPS, securePort);
    }

    @AfterAll
    static void stop() {
        outpost.close();
        proxy.close();
        clear.close();
        secure.close();
        names.close();
    }

    @ParameterizedTest
    @CsvSource({"named.test, named.test", "A.Wild.test:80, A.Wild.test"})
    void theProxyIsAskedForTheWholeUrlOfHttp(String authority, String host) {
        Answer answer = answered(authority);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("x-sallyport", "x-envoy");
        assertThat(proxy.heads())
                .anyMatch(head -> head.startsWith("GET http://%s:%d/hello HTTP/1.1".formatted(host, clearPort)));
    }

    @ParameterizedTest
    @CsvSource({"named.test:443, named.test", "b.wild.test:443, b.wild.test", "fixed.test:443, 127.9.2.3"})
    void httpsIsVerifiedThroughATunnel(String authority, String place) {
        Answer answer = answered(authority);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("host: " + authority);
        assertThat(proxy.heads())
                .anyMatch(head -> head.startsWith("CONNECT %s:%d HTTP/1.1".formatted(place, securePort)));
    }

    @ParameterizedTest
    @CsvSource({
        "/named/x, /new/x, named.test",
        "/as-named, /as-named, other.test",
        "/wild, /wild, d.wild.test",
        "/copied, /copied, named.test"
    })
    void aRouteLeadsThroughTheProxyUnderTheNameOfItsBackend(String path, String sent, String host) {
        await().untilAsserted(() -> assertThat(outpost.ask("led.test", path).body())
                .contains(sent + " HTTP/1.1\n", "host: %s:%d\n".formatted(host, clearPort))
                .doesNotContain("led.test", "x-sallyport", "x-envoy"));
    }

    @Test
    void aRouteToHttpsIsVerifiedThroughATunnel() {
        await().untilAsserted(
                        () -> assertThat(outpost.ask("led.test", "/secure").body())
                                .startsWith("GET /secure HTTP/1.1")
                                .contains("host: fixed.test"));
        assertThat(proxy.heads())
                .anyMatch(head -> head.startsWith("CONNECT 127.9.2.3:%d HTTP/1.1".formatted(securePort)));
    }

    @Test
    void theProxyIsNoReasonToTrustAnotherName() {
        assertThat(answered("other.test:443").body()).contains("upstream-tls");
    }

    @Test
    void everyRequestCarriesTheCredentialAndNoLogDoes() {
        answered("named.test");
        answered("named.test:443");

        assertThat(proxy.heads()).allMatch(head -> head.contains("proxy-authorization: " + CREDENTIAL));
        assertThat(outpost.log()).noneMatch(line -> line.contains(CREDENTIAL.substring(6)));
    }

    @Test
    void bytesOfATunnelAreNoRequestsToTheProxy() {
        try (var http = RawHttp.connect("127.0.0.2", connecting)) {
            assertThat(http.send("CONNECT named.test:80 HTTP/1.1\r\nHost: named.test:80\r\n\r\n")
                            .status())
                    .isEqualTo(200);

            Answer inside = http.send("CONNECT smuggled.test:1 HTTP/1.1\r\nHost: smuggled.test:1\r\n\r\n");

            assertThat(inside.body()).contains("smuggled.test");
        }
        assertThat(proxy.heads())
                .noneMatch(head -> head.contains("smuggled"))
                .anyMatch(head -> head.startsWith("CONNECT named.test:" + clearPort));
    }

    @ParameterizedTest
    @CsvSource({"named.test, named.test", "c.wild.test, c.wild.test", "fixed.test, 127.9.2.3"})
    void tlsPassesUnreadThroughATunnel(String serverName, String place) throws IOException {
        try (var tls = (SSLSocket) CA.context().getSocketFactory().createSocket("127.0.0.1", passing)) {
            var parameters = tls.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
            tls.setSSLParameters(parameters);
            tls.startHandshake();
        }
        assertThat(proxy.heads()).anyMatch(head -> head.startsWith("CONNECT %s:%d ".formatted(place, securePort)));
    }

    @Test
    void whateverComesByTcpGoesThroughATunnel() {
        Answer answer = RawHttp.get("127.0.0.2", raw, "whoever.test");

        assertThat(answer.body()).contains("whoever.test");
        assertThat(proxy.heads()).anyMatch(head -> head.startsWith("CONNECT raw.test:%d ".formatted(clearPort)));
    }

    @ParameterizedTest
    @CsvSource({"named.test, named.test", "c.wild.test, c.wild.test", "fixed.test, 127.9.2.3"})
    void aTunnelThatIsLookedIntoLeavesThroughTheProxyToo(String host, String place) {
        await().untilAsserted(() -> {
            try (var client = ProxyClient.from("127.0.0.2", connecting)) {
                assertThat(client.connect(host + ":443")).startsWith("HTTP/1.1 200");
                assertThat(client.secretly(CA.context(), host)).isEqualTo("HTTP/1.1 200");
            }
        });

        assertThat(proxy.heads())
                .anyMatch(head -> head.startsWith("CONNECT %s:%d HTTP/1.1".formatted(place, securePort)));
    }

    @Test
    void theProxyIsNotAskedForATunnelWithAnotherNameInside() {
        int before = proxy.heads().size();

        try (var client = ProxyClient.from("127.0.0.2", connecting)) {
            assertThat(client.connect("named.test:443")).startsWith("HTTP/1.1 200");
            assertThat(client.secretly(CA.context(), "c.wild.test")).isEmpty();
        }
        assertThat(proxy.heads()).hasSize(before);
    }

    @Test
    void anAddressThatWasLearnedIsAskedFor() {
        try (var http = RawHttp.connect("127.0.0.2", learning)) {
            Answer answer = http.send(
                    "PROXY TCP4 127.0.0.2 127.9.2.55 4711 5432\r\nGET / HTTP/1.1\r\nHost: whoever.test\r\n\r\n");

            assertThat(answer.status()).isEqualTo(200);
        }
        assertThat(proxy.heads()).anyMatch(head -> head.startsWith("CONNECT 127.9.2.55:%d ".formatted(clearPort)));
    }

    @Test
    void whatIsRefusedIsNotAskedFor() {
        assertThat(outpost.get("unknown.test").status()).isEqualTo(403);
        assertThat(proxy.heads()).noneMatch(head -> head.contains("unknown"));
    }

    // The proxy's own name has to be resolved first.
    private static Answer answered(String authority) {
        return await().until(
                        () -> outpost.get(authority), answer -> !answer.body().contains("upstream-unavailable"));
    }
}
