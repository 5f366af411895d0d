package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.CompiledRouteBuilder.aCompiledRoute;
import static io.sallyport.testkit.CompiledRouteBuilder.routed;
import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.RawHttp.Answer;
import io.sallyport.testkit.RequiresEnvoy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that lead where they must not: every guard of a destination holds however it is reached. */
@RequiresEnvoy
class RouteEscapesIT {
    private static final String FRONT = "127.9.2.1";
    private static final String WILD = "127.9.2.2";
    private static final String SECURE = "127.9.2.3";
    private static final String REFUSED = "127.0.0.1";
    private static final CertificateAuthority OURS = CertificateAuthority.named("ours");

    @TempDir
    static Path folder;

    private static final int PORT = Ports.free();
    private static final EchoUpstream CANARY = EchoUpstream.at(REFUSED, PORT);
    private static final EchoUpstream FRONT_WEB = EchoUpstream.at(FRONT, PORT);
    private static final EchoUpstream WILD_WEB = EchoUpstream.at(WILD, PORT);
    private static final EchoUpstream SECURE_WEB =
            TlsServers.at(SECURE, PORT, OURS.server("secure.test").context(OURS));
    private static NameServer names;
    private static Outpost outpost;

    @BeforeAll
    static void start() {
        int listening = Ports.free();
        names = NameServer.start()
                .answer("named.test", REFUSED)
                .answer("a.wild.test", WILD)
                .answer("other.test", WILD)
                .answer("bad.wild.test", REFUSED)
                .answer("front.test", REFUSED);
        outpost = Outpost.start(folder, names, listening, snapshot(listening));
    }

    @AfterAll
    static void stop() {
        outpost.close();
        names.close();
        CANARY.close();
        FRONT_WEB.close();
        WILD_WEB.close();
        SECURE_WEB.close();
    }

    private static Snapshot snapshot(int listening) {
        Snapshot plain = new SnapshotCompiler()
                .compile(
                        state(
                                aNamespace("edge").cidrs("127.0.0.0/8"),
                                aGateway("edge/internet")
                                        .permitting(Outpost.INTERNET)
                                        .http("http", listening),
                                aCredential("edge/ours").caBundle(OURS.bundle()),
                                aSecurityPolicy("edge/trust")
                                        .onDestination("secure")
                                        .trusting("ours"),
                                aDestination("edge/front")
                                        .hosts("front.test")
                                        .port(80, Protocol.HTTP, PORT)
                                        .statically()
                                        .at(FRONT),
                                aDestination("edge/named").hosts("named.test").port(80, Protocol.HTTP, PORT),
                                aDestination("edge/other").hosts("other.test").port(80, Protocol.HTTP, PORT),
                                aDestination("edge/wild")
                                        .hosts("*.wild.test")
                                        .port(80, Protocol.HTTP, PORT)
                                        .dynamically(),
                                aDestination("edge/secure")
                                        .hosts("secure.test")
                                        .port(443, Protocol.HTTPS, PORT)
                                        .statically()
                                        .at(SECURE),
                                aRule("edge/all")
                                        .tier(Tier.ADMIN)
                                        .from(everyone())
                                        .to("edge/front")
                                        .to("edge/named")
                                        .to("edge/wild")
                                        .to("edge/other")
                                        .to("edge/secure")),
                        Cases.GATEWAY);
        String named = "edge/named/80/named.test";
        return routed(
                plain,
                "front.test",
                aCompiledRoute("edge/named").below("/named").to(named),
                aCompiledRoute("edge/again")
                        .below("/again")
                        .retrying(stubbornly())
                        .to(named),
                aCompiledRoute("edge/as-named")
                        .below("/as-named")
                        .sendingAs("front.test")
                        .to(named),
                aCompiledRoute("edge/copy").below("/copy").mirroring(named, 100).to("edge/front/80"),
                aCompiledRoute("edge/good-copy")
                        .below("/good-copy")
                        .mirroring("edge/other/80/other.test", 100)
                        .to("edge/front/80"),
                aCompiledRoute("edge/wild-copy")
                        .below("/wild-copy")
                        .mirroring("edge/wild/80", 100)
                        .to("edge/front/80"),
                aCompiledRoute("edge/wild")
                        .below("/wild")
                        .sendingAs("a.wild.test")
                        .to("edge/wild/80"),
                aCompiledRoute("edge/bad")
                        .below("/bad")
                        .sendingAs("bad.wild.test")
                        .to("edge/wild/80"),
                aCompiledRoute("edge/wild-server").below("/server").toServer("edge/wild/80", "a.wild.test"),
                aCompiledRoute("edge/secure").below("/secure").toServer("edge/secure/443", "secure.test"),
                aCompiledRoute("edge/secure-as")
                        .below("/as-secure")
                        .sendingAs("secure.test")
                        .to("edge/secure/443"),
                aCompiledRoute("edge/unproven").below("/unproven").to("edge/secure/443"),
                aCompiledRoute("edge/secure-copy")
                        .below("/safe-copy")
                        .mirroring("edge/secure/443", 100, "secure.test")
                        .to("edge/front/80"));
    }

    private static RetryPolicy stubbornly() {
        return new RetryPolicy(
                5,
                List.of(RetryPolicy.Condition.SERVER_ERROR, RetryPolicy.Condition.RETRIABLE_4XX),
                List.of(403),
                Duration.ZERO,
                new RetryPolicy.BackOff(Duration.ofMillis(1), Duration.ofMillis(2)),
                List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/named", "/again", "/as-named", "/bad"})
    void anAddressThatIsRefusedIsRefusedToRoutes(String path) {
        await().untilAsserted(() ->
                assertThat(outpost.ask("front.test", path).body()).contains("\"code\":\"address-policy\""));

        assertThat(CANARY.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/copy", "/wild-copy"})
    void noCopyGoesToARefusedAddressOrWhereTheClientSays(String path) {
        for (String host : List.of("front.test", "FRONT.test.:80")) {
            assertThat(outpost.ask(host, path).status()).isEqualTo(200);
        }

        await().until(() -> outpost.log().filter(line -> line.contains(path)).count() == 2);
        assertThat(CANARY.connections()).isZero();
        assertThat(names.queries("front.test")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/wild, a.wild.test, " + WILD,
        "/server, front.test, " + WILD,
        "/secure, front.test, " + SECURE,
        "/as-secure, secure.test, " + SECURE
    })
    void whereItLeadsIsTheRoutesAndNotTheClients(String path, String hostSent, String upstream) {
        await().untilAsserted(() ->
                assertThat(outpost.ask("front.test", path).status()).isEqualTo(200));

        Answer answer = outpost.get(
                "front.test", "x-sallyport-authority: bad.wild.test", "x-envoy-original-dst-host: 127.0.0.1:" + PORT);
        assertThat(answer.status()).isEqualTo(404);
        answer = outpost.ask("FRONT.Test.", path);
        assertThat(answer.header("x-upstream")).contains(upstream);
        assertThat(answer.body()).containsIgnoringCase("host: " + hostSent);
        assertThat(CANARY.connections()).isZero();
    }

    @Test
    void theCertificateIsOfTheHostThatIsSentWhereTheRouteNamesNoOther() {
        Answer answer = outpost.ask("front.test", "/unproven");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.body()).contains("\"code\":\"upstream-tls\"");
    }

    @Test
    void aCopyGoesToTheNameThatIsMeant() {
        // Of a copy nobody hears where its name is not found yet.
        await().untilAsserted(() -> {
            assertThat(outpost.ask("front.test", "/good-copy").header("x-upstream"))
                    .contains(FRONT);
            assertThat(outpost.admin().get("/clusters"))
                    .containsPattern("copies/edge/other/80/other.test::" + WILD + ":" + PORT + "::rq_success::[1-9]");
        });
    }

    @Test
    void aCopyOverTlsIsForItsOwnHost() {
        assertThat(outpost.ask("front.test", "/safe-copy").status()).isEqualTo(200);

        await().untilAsserted(() -> assertThat(outpost.admin().get("/clusters"))
                .containsPattern("copies/edge/secure/443::" + SECURE + ":" + PORT + "::rq_success::1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"front.test:81", "front.test:443", "wild.test", "named.test:" + 443, "x.front.test"})
    void aRouteOpensNoPortAndNoHost(String host) {
        for (String path : List.of("/wild", "/secure", "/named")) {
            assertThat(outpost.ask(host, path).status()).isEqualTo(403);
        }
    }
}
