package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with bounds on flows and connections, a proxy in front, and a mouth that tells little. */
@RequiresEnvoy
class ConductIT {
    private static final String HERE = "127.0.0.2";
    private static final String WATCHED = "127.0.0.10";

    @TempDir
    static Path folder;

    private static HttpGate gate;
    private static ServerSocket silent;

    @BeforeAll
    static void start() throws IOException {
        // Takes connections, and says nothing.
        silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        gate = new HttpGate(folder, ConductIT::policy);
    }

    @AfterAll
    static void stop() throws IOException {
        gate.close();
        silent.close();
    }

    private static DesiredState policy(HttpGate.Ports ports) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet")
                        .permitting("127.0.0.1/32")
                        .refusingByCodeAlone()
                        .loggingRefusedAlone()
                        .maxFlowDuration(Duration.ofSeconds(2))
                        .maxConnections(3)
                        .http("http", ports.first())
                        .http("behind", ports.second())
                        .acceptingProxyProtocol(),
                aDestination("edge/open")
                        .hosts("open.test")
                        .port(80, Protocol.HTTP, ports.web())
                        .statically()
                        .at("127.0.0.1"),
                aDestination("edge/silent")
                        .hosts("silent.test")
                        .port(80, Protocol.HTTP, silent.getLocalPort())
                        .statically()
                        .at("127.0.0.1"),
                aRule("edge/here")
                        .tier(Tier.ADMIN)
                        .from(addresses(HERE + "/32", WATCHED + "/32"))
                        .to("edge/open")
                        .to("edge/silent"),
                aRule("edge/watching")
                        .tier(Tier.ADMIN)
                        .shadow()
                        .denying()
                        .from(addresses(WATCHED + "/32"))
                        .to("edge/open"),
                aRule("edge/client")
                        .tier(Tier.ADMIN)
                        .from(addresses("198.51.100.7/32"))
                        .to("edge/open"));
    }

    @Test
    void aRefusalTellsACodeAndNoRule() {
        RawHttp.Answer answer = RawHttp.get("127.0.0.3", gate.ports().first(), "open.test");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"default-deny\"").doesNotContain("rule", "sallyport/");
    }

    @Test
    void onlyWhatIsRefusedIsLogged() {
        RawHttp.get(HERE, gate.ports().first(), "open.test");
        RawHttp.get("127.0.0.4", gate.ports().first(), "open.test");

        await().untilAsserted(() -> assertThat(gate.log())
                .anyMatch(line -> line.path("source").asText().equals("127.0.0.4")
                        && line.path("rule").asText().equals("sallyport/default-deny")));
        assertThat(gate.log())
                .noneMatch(line -> line.path("source").asText().equals(HERE)
                        && line.path("status").asInt() == 200);
    }

    @Test
    void whatAShadowRuleWouldRefuseIsLoggedToo() {
        RawHttp.get(WATCHED, gate.ports().first(), "open.test");

        await().untilAsserted(() -> assertThat(gate.log())
                .anyMatch(line -> line.path("action").asText().equals("allowed")
                        && line.path("shadow").asText().equals("edge/watching")));
    }

    @Test
    void aFlowEndsWhenItHasLastedLongEnough() {
        Instant before = Instant.now();

        RawHttp.Answer answer = RawHttp.get(HERE, gate.ports().first(), "silent.test");

        assertThat(answer.body()).contains("\"code\":\"max-flow-duration\"");
        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(1900));
    }

    // Connections of other tests count until the gateway has seen that they ended.
    @Test
    void moreConnectionsThanThereMayBeAreClosed() {
        int port = gate.ports().second();
        await().ignoreExceptions().untilAsserted(() -> {
            try (var first = RawHttp.connect(HERE, port);
                    var second = RawHttp.connect(HERE, port);
                    var third = RawHttp.connect(HERE, port);
                    var fourth = RawHttp.connect(HERE, port)) {
                assertThat(behind(first).status()).isEqualTo(200);
                assertThat(behind(second).status()).isEqualTo(200);
                assertThat(behind(third).status()).isEqualTo(200);
                assertThatThrownBy(() -> behind(fourth)).isInstanceOf(UncheckedIOException.class);
            }
        });
        awaitDenied("connection-limit");
    }

    @Test
    void theSourceIsWhomTheProxyInFrontSpeaksFor() {
        await().ignoreExceptions().untilAsserted(() -> {
            try (var http = RawHttp.connect("127.0.0.9", gate.ports().second())) {
                assertThat(behind(http).status()).isEqualTo(200);
            }
            try (var http = RawHttp.connect(HERE, gate.ports().second())) {
                assertThat(http.send(
                                        "PROXY TCP4 198.51.100.8 127.0.0.1 4000 80\r\nGET / HTTP/1.1\r\nHost: open.test\r\n\r\n")
                                .body())
                        .contains("default-deny");
            }
        });
        await().untilAsserted(() -> assertThat(gate.log())
                .anyMatch(line -> line.path("source").asText().equals("198.51.100.8")));
    }

    @Test
    void withoutAHeaderOfTheProxyThereIsNoConnection() {
        assertThatThrownBy(() -> RawHttp.get(HERE, gate.ports().second(), "open.test"))
                .isInstanceOf(UncheckedIOException.class);
        awaitDenied("handshake");
    }

    private static void awaitDenied(String reason) {
        await().untilAsserted(() -> assertThat(gate.log())
                .anyMatch(line -> line.path("listener").asText().equals("behind")
                        && line.path("action").asText().equals("denied")
                        && line.path("reason").asText().equals(reason)));
    }

    private static RawHttp.Answer behind(RawHttp http) {
        return http.send("PROXY TCP4 198.51.100.7 127.0.0.1 4000 80\r\nGET / HTTP/1.1\r\nHost: open.test\r\n\r\n");
    }
}
