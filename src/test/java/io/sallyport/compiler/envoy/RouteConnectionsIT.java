package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteRuleBuilder.always;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes of connections that nobody reads: each goes one of several ways, by weight. */
@RequiresEnvoy
class RouteConnectionsIT {
    private static final String ONE = "127.9.5.1";
    private static final String TWO = "127.9.5.2";
    private static final String THREE = "127.9.5.3";
    private static final String FROM = "127.0.0.2";
    private static final CertificateAuthority OURS = CertificateAuthority.named("ours");

    @TempDir
    static Path folder;

    private static final int PORT = Ports.free();
    private static final int PLAIN = Ports.free();
    private static final int TLS = Ports.free();
    private static final int TCP = Ports.free();
    private static final int CLOSED = Ports.free();
    private static final EchoUpstream SECURE_ONE = secure(ONE);
    private static final EchoUpstream SECURE_TWO = secure(TWO);
    private static final EchoUpstream SECURE_THREE = secure(THREE);
    private static final EchoUpstream PLAIN_ONE = EchoUpstream.at(ONE, PLAIN);
    private static final EchoUpstream PLAIN_TWO = EchoUpstream.at(TWO, PLAIN);
    private static final EchoUpstream PLAIN_THREE = EchoUpstream.at(THREE, PLAIN);
    private static NameServer names;
    private static Outpost outpost;

    private static EchoUpstream secure(String address) {
        return TlsServers.at(
                address, PORT, OURS.server("split.test", "gone.test").context(OURS));
    }

    @BeforeAll
    static void start() {
        names = NameServer.start().answer("two.test", TWO).answer("three.test", THREE);
        outpost = Outpost.start(folder, names, TLS, snapshot());
    }

    @AfterAll
    static void stop() {
        outpost.close();
        names.close();
        SECURE_ONE.close();
        SECURE_TWO.close();
        SECURE_THREE.close();
        PLAIN_ONE.close();
        PLAIN_TWO.close();
        PLAIN_THREE.close();
    }

    private static Snapshot snapshot() {
        return new SnapshotCompiler()
                .compile(
                        state(
                                aNamespace("edge").cidrs("127.0.0.0/8"),
                                aGateway("edge/internet")
                                        .permitting(Outpost.INTERNET)
                                        .tls("tls", TLS)
                                        .tcp("tcp", TCP, "edge/here")
                                        .tcp("closed", CLOSED, "edge/here"),
                                aDestination("edge/here")
                                        .hosts("split.test", "gone.test")
                                        .port(443, Protocol.TLS, PORT)
                                        .port(5432, Protocol.TCP, PLAIN)
                                        .statically()
                                        .at(ONE),
                                aDestination("edge/named")
                                        .hosts("two.test")
                                        .port(443, Protocol.TLS, PORT)
                                        .port(5432, Protocol.TCP, PLAIN)
                                        .at("two.test", "three.test"),
                                aDestination("edge/labelled")
                                        .hosts("labelled.test")
                                        .port(443, Protocol.TLS, PORT)
                                        .port(5432, Protocol.TCP, PLAIN)
                                        .statically()
                                        .at(ONE, PORT, 1, "", "v", "1")
                                        .at(THREE, PORT, 1, "", "v", "3")
                                        .subset("three", "v", "3"),
                                aRoute("edge/tls")
                                        .ofDestination("here", 443)
                                        .forHosts("split.test")
                                        .with(always().to("edge/here", 1)
                                                .to("edge/named", 2)
                                                .toSubset("edge/labelled", "three")),
                                aRoute("edge/tcp")
                                        .ofListener("internet", "tcp")
                                        .with(always().toPort("edge/here", 5432).toPort("edge/named", 5432)),
                                aRoute("edge/closed")
                                        .ofListener("internet", "closed")
                                        .with(always().toPort("edge/forbidden", 5432)),
                                aRoute("edge/gone")
                                        .ofDestination("here", 443)
                                        .forHosts("gone.test")
                                        .with(always().to("edge/forbidden")),
                                aDestination("edge/forbidden")
                                        .hosts("forbidden.test")
                                        .port(443, Protocol.TLS, PORT)
                                        .port(5432, Protocol.TCP, PLAIN)
                                        .statically()
                                        .at(THREE),
                                aRule("edge/some")
                                        .tier(Tier.ADMIN)
                                        .from(addresses(FROM + "/32"))
                                        .to("edge/here")
                                        .to("edge/named")
                                        .to("edge/labelled")),
                        Cases.GATEWAY);
    }

    @Test
    void tlsIsSplitByTheNameOfTheServerAndStaysWhole() {
        assertThat(seen(() -> secureUpstream("split.test"))).containsExactly(ONE, TWO, THREE);
    }

    @Test
    void tcpIsSplitByConnection() {
        assertThat(seen(() -> upstream(TCP))).containsExactly(ONE, TWO, THREE);
    }

    @Test
    void whatIsLedWhereRulesDoNotIsRefused() {
        int before = SECURE_THREE.connections() + PLAIN_THREE.connections();

        assertThatThrownBy(() -> secureUpstream("gone.test")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> upstream(CLOSED)).isInstanceOf(UncheckedIOException.class);

        await().untilAsserted(() -> assertThat(outpost.log()
                        .filter(line -> line.contains("sallyport/route-escapes-rules"))
                        .toList())
                .hasSize(2));
        assertThat(SECURE_THREE.connections() + PLAIN_THREE.connections()).isEqualTo(before);
    }

    private static String secureUpstream(String host) {
        try (var http = RawHttp.connectSecurely(FROM, TLS, OURS.context(), host)) {
            return http.get(host).header("x-upstream").orElseThrow();
        }
    }

    private static String upstream(int port) {
        try (var http = RawHttp.connect(FROM, port)) {
            return http.get("any.test").header("x-upstream").orElseThrow();
        }
    }

    // The millisecond of a connection is its lot; names are found a moment after the first connection asks.
    private static Set<String> seen(Supplier<String> connection) {
        Set<String> seen = new TreeSet<>();
        await().pollInterval(Duration.ofMillis(7)).ignoreExceptions().until(() -> {
            seen.add(connection.get());
            return seen.size() == 3;
        });
        return seen;
    }
}
