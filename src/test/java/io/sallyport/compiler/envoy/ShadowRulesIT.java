package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.Dial.HUNG_UP;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.testkit.ClientHello;
import io.sallyport.testkit.Dial;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.RuleBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that never decide: what they would have said is in the log, whatever the others decide. */
@RequiresEnvoy
class ShadowRulesIT {
    @TempDir
    static Path folder;

    private static HttpGate gate;

    @BeforeAll
    static void start() throws IOException {
        gate = new HttpGate(folder, ShadowRulesIT::policy);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static DesiredState policy(HttpGate.Ports ports) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet")
                        .permitting("127.0.0.1/32")
                        .buckets(4)
                        .http("http", ports.first())
                        .tls("tls", ports.second())
                        .tcp("tcp", ports.third(), "edge/counted"),
                aDestination("edge/counted")
                        .hosts("counted.test", "*.counted.test")
                        .port(80, Protocol.HTTP, ports.web())
                        .port(443, Protocol.TLS, ports.web())
                        .statically()
                        .at("127.0.0.1"),
                counted("first").denying().from(addresses("127.0.0.6/32", "127.0.0.8/32")),
                counted("second").from(addresses("127.0.0.6/32", "127.0.0.7/32", "127.0.0.8/32")),
                counted("third").from(addresses("127.0.0.6/31", "127.0.0.8/32")),
                counted("three-and-more").from(addresses("127.0.0.8/32")),
                counted("two-more").from(addresses("127.0.0.8/32")),
                counted("unnamed-where-so-many-are").from(addresses("127.0.0.8/32")),
                aDestination("edge/open")
                        .hosts("open.test")
                        .port(80, Protocol.HTTP, ports.web())
                        .statically()
                        .at("127.0.0.1"),
                aRule("edge/two")
                        .tier(Tier.ADMIN)
                        .from(addresses("127.0.0.2/31"))
                        .to("edge/open"),
                shadow("would-deny").denying().from(addresses("127.0.0.2/32")).to("edge/open"),
                shadow("would-allow").from(addresses("127.0.0.4/32")).to("edge/open"),
                shadow("over")
                        .priority(1)
                        .denying()
                        .from(addresses("127.0.0.2/31"))
                        .to("edge/open")
                        .between(Instant.EPOCH, Instant.EPOCH.plusSeconds(1)));
    }

    private static RuleBuilder counted(String name) {
        return shadow(name).to("edge/counted");
    }

    private static RuleBuilder shadow(String name) {
        return aRule("edge/" + name).tier(Tier.ADMIN).shadow();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.2, 200, edge/two, edge/would-deny, denied",
        "127.0.0.3, 200, edge/two, '', ''",
        "127.0.0.4, 403, sallyport/default-deny, edge/would-allow, allowed",
        "127.0.0.5, 403, sallyport/default-deny, '', ''",
    })
    void theOthersDecideAndTheLogSaysBoth(String source, int status, String rule, String shadow, String action) {
        assertThat(RawHttp.get(source, gate.ports().first(), "open.test").status())
                .isEqualTo(status);

        await().untilAsserted(() -> assertThat(gate.log()).anySatisfy(line -> {
            assertThat(line.path("source").asText()).isEqualTo(source);
            assertThat(line.path("rule").asText()).isEqualTo(rule);
            assertThat(line.path("shadow").asText("")).isEqualTo(shadow);
            assertThat(line.path("shadowAction").asText("")).isEqualTo(action);
        }));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.6, edge/first edge/second edge/third, denied",
        "127.0.0.7, edge/second edge/third, allowed",
        "127.0.0.8, edge/first edge/second edge/third edge/three-and-more edge/two-more, denied",
        "127.0.0.9, '', ''",
    })
    void eachThatMatchesIsNamedSoThatItCanBeCounted(String source, String shadows, String action) {
        assertThat(RawHttp.get(source, gate.ports().first(), "counted.test").status())
                .isEqualTo(403);
        assertThat(Dial.hear(source, gate.ports().second(), ClientHello.naming("counted.test")))
                .isEqualTo(HUNG_UP);

        awaitNamed("http", source, shadows, action);
        awaitNamed("tls", source, shadows, action);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.6, edge/first edge/second edge/third, denied",
        "127.0.0.7, edge/second edge/third, allowed",
        "127.0.0.9, '', ''",
    })
    void connectionsOfTcpAreCountedLikewise(String source, String shadows, String action) {
        assertThat(Dial.hear(source, gate.ports().third())).isEqualTo(HUNG_UP);

        awaitNamed("tcp", source, shadows, action);
    }

    private static void awaitNamed(String listener, String source, String shadows, String action) {
        await().untilAsserted(() -> assertThat(gate.log()).anySatisfy(line -> {
            assertThat(line.path("listener").asText()).isEqualTo(listener);
            assertThat(line.path("source").asText()).isEqualTo(source);
            assertThat(line.path("shadow").asText("")).isEqualTo(shadows);
            assertThat(line.path("shadowAction").asText("")).isEqualTo(action);
        }));
    }
}
