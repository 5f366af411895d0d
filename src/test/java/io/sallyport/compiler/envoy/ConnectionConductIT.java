package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.Dial.HUNG_UP;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.ClientHello;
import io.sallyport.testkit.CorporateProxy;
import io.sallyport.testkit.Dial;
import io.sallyport.testkit.GatewayBuilder;
import io.sallyport.testkit.NamedUpstream;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway does beyond its rules, on listeners for TLS and TCP. */
@RequiresEnvoy
class ConnectionConductIT {
    private static final String FRIEND = "127.0.0.2";
    private static final String STRANGER = "127.0.0.3";

    @TempDir
    Path folder;

    private final int tcp = Ports.free();
    private final int tls = Ports.free();
    private NamedUpstream upstream;
    private NameServer names;

    @BeforeEach
    void start() {
        upstream = NamedUpstream.speakingFirst("upstream", "127.9.0.1", Ports.free());
        names = NameServer.start();
    }

    @AfterEach
    void stop() {
        upstream.close();
        names.close();
    }

    @Test
    void noFlowLastsLongerThanItMay() throws IOException {
        long start = System.nanoTime();
        try (var gate = gate(gateway().maxFlowDuration(Duration.ofSeconds(2)));
                Socket open = Dial.open(FRIEND, tcp)) {
            var heard = new BufferedReader(new InputStreamReader(open.getInputStream(), ISO_8859_1));

            assertThat(heard.readLine()).isEqualTo("upstream");
            assertThat(heard.readLine()).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
            await().untilAsserted(() -> assertThat(gate.accessLog()).contains("\"flags\":\"DT\""));
        }
    }

    @Test
    void aFlowThatStandsStillEnds() throws IOException {
        try (var gate = gate(gateway().idleTimeout(Duration.ofSeconds(1)));
                Socket open = Dial.open(FRIEND, tls)) {
            open.getOutputStream().write(ClientHello.naming("up.test"));
            var heard = new BufferedReader(new InputStreamReader(open.getInputStream(), ISO_8859_1));

            assertThat(heard.readLine()).isEqualTo("upstream");
            assertThat(heard.lines()).allMatch("upstream"::equals);
            await().untilAsserted(() ->
                    assertThat(gate.accessLog()).containsPattern("\"duration\":\\d{3,},.*\"host\":\"up.test\""));
        }
    }

    @Test
    void noMoreConnectionsThanMayBeAreHeld() throws IOException {
        try (var gate = gate(gateway().buckets(8).maxConnections(1))) {
            try (Socket open = Dial.open(FRIEND, tls)) {
                open.getOutputStream().write(ClientHello.naming("up.test"));
                assertThat(open.getInputStream().read()).isEqualTo('u');

                assertThat(Dial.hear(FRIEND, tls, ClientHello.naming("b.wild.test")))
                        .isEqualTo(HUNG_UP);
                await().untilAsserted(() -> assertThat(gate.accessLog())
                        .containsPattern("\"action\":\"denied\".*\"reason\":\"connection-limit\""));
            }
            await().untilAsserted(() -> assertThat(Dial.hear(FRIEND, tls, ClientHello.naming("b.wild.test")))
                    .isEqualTo("upstream"));
        }
    }

    @Test
    void onlyRefusalsAreLoggedWhereThatIsAskedFor() throws IOException {
        try (var gate = gate(gateway().loggingRefusedAlone())) {
            assertThat(Dial.hear(FRIEND, tcp)).isEqualTo("upstream");
            assertThat(Dial.hear(FRIEND, tls, ClientHello.naming("up.test"))).isEqualTo("upstream");
            assertThat(Dial.hear(STRANGER, tcp)).isEqualTo(HUNG_UP);
            assertThat(Dial.hear(STRANGER, tls, ClientHello.naming("up.test"))).isEqualTo(HUNG_UP);
            assertThat(Dial.hear(FRIEND, tls, ClientHello.withoutName())).isEqualTo(HUNG_UP);

            await().untilAsserted(() -> assertThat(gate.accessLog().lines().filter(line -> line.startsWith("{")))
                    .hasSize(3)
                    .allMatch(line -> line.contains("\"action\":\"denied\"")));
        }
    }

    @Test
    void leavesThroughACorporateProxyWhichIsToldTheName() throws IOException {
        int target = upstream.port();
        try (var proxy = CorporateProxy.start("127.9.2.9", "127.9.0.1", "");
                var _ = new ConnectionGate(
                        folder,
                        names,
                        state(
                                aNamespace("edge").cidrs("127.0.0.0/8"),
                                gateway().leavingThrough("127.9.2.9", proxy.port()),
                                aDestination("edge/up")
                                        .hosts("named.test")
                                        .port(5432, Protocol.TCP, target)
                                        .port(443, Protocol.TLS, target),
                                aDestination("edge/any")
                                        .hosts("*.wild.test")
                                        .port(443, Protocol.TLS, target)
                                        .dynamically(),
                                aRule("edge/friends")
                                        .from(addresses(FRIEND + "/32"))
                                        .to("edge/up")
                                        .to("edge/any")))) {
            assertThat(Dial.hear(FRIEND, tcp)).isEqualTo("upstream");
            assertThat(Dial.hear(FRIEND, tls, ClientHello.naming("named.test"))).isEqualTo("upstream");
            assertThat(Dial.hear(FRIEND, tls, ClientHello.naming("A.b.wild.test.")))
                    .isEqualTo("upstream");
            assertThat(Dial.hear(STRANGER, tcp)).isEqualTo(HUNG_UP);
            assertThat(Dial.hear(STRANGER, tls, ClientHello.naming("named.test")))
                    .isEqualTo(HUNG_UP);

            assertThat(proxy.heads())
                    .extracting(head -> head.lines().findFirst().orElseThrow())
                    .containsExactly(
                            "CONNECT named.test:" + target + " HTTP/1.1",
                            "CONNECT named.test:" + target + " HTTP/1.1",
                            "CONNECT a.b.wild.test:" + target + " HTTP/1.1");
            assertThat(names.queries("named.test")).isZero();
        }
    }

    private GatewayBuilder gateway() {
        return aGateway("edge/internet")
                .permitting("127.9.0.0/16")
                .tcp("tcp", tcp, "edge/up")
                .tls("tls", tls);
    }

    private ConnectionGate gate(GatewayBuilder gateway) throws IOException {
        return new ConnectionGate(folder, names, policy(gateway));
    }

    private DesiredState policy(GatewayBuilder gateway) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                gateway,
                aDestination("edge/up")
                        .hosts("up.test", "*.wild.test")
                        .port(5432, Protocol.TCP, upstream.port())
                        .port(443, Protocol.TLS, upstream.port())
                        .statically()
                        .at("127.9.0.1"),
                aRule("edge/friends").from(addresses(FRIEND + "/32")).to("edge/up"));
    }
}
