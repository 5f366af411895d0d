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
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.testkit.ClientHello;
import io.sallyport.testkit.Flow;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that cuts what it revokes decides as any other, and lets through what it allows. */
@RequiresEnvoy
class CutPassesIT {
    @TempDir
    static Path folder;

    private static HttpGate gate;

    @BeforeAll
    static void start() throws IOException {
        gate = new HttpGate(folder, CutPassesIT::policy);
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
                        .cuttingOnRevoke()
                        .http("http", ports.first())
                        .tls("tls", ports.second()),
                aDestination("edge/open")
                        .hosts("open.test", "*.wild.test")
                        .port(80, Protocol.HTTP, ports.web())
                        .port(443, Protocol.TLS, ports.web())
                        .statically()
                        .at("127.0.0.1"),
                aRule("edge/some")
                        .tier(Tier.ADMIN)
                        .from(addresses("127.0.0.0/29"))
                        .to("edge/open"),
                aRule("edge/but")
                        .tier(Tier.ADMIN)
                        .priority(1)
                        .denying()
                        .from(addresses("127.0.0.3/32"))
                        .to("edge/open"));
    }

    @Test
    void whatIsAllowedPasses() {
        for (String host : new String[] {"open.test", "OPEN.test:80", "a.wild.test"}) {
            RawHttp.Answer answer = RawHttp.get("127.0.0.2", gate.ports().first(), host);
            assertThat(answer.status()).as("%s %s", host, answer.body()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain("x-sallyport", "x-forwarded", "x-envoy", "x-request-id");
        }
    }

    @Test
    void whatIsRefusedIsRefusedByTheSameNames() {
        assertThat(RawHttp.get("127.0.0.3", gate.ports().first(), "open.test").body())
                .contains("edge/but");
        assertThat(RawHttp.get("127.0.0.9", gate.ports().first(), "open.test").body())
                .contains("sallyport/default-deny");
        assertThat(RawHttp.get("127.0.0.2", gate.ports().first(), "other.test").body())
                .contains("sallyport/unknown-destination");
    }

    @Test
    void namesPassToo() {
        for (String name : new String[] {"open.test", "a.wild.test"}) {
            int before = gate.connections();
            try (Flow _ = Flow.open("127.0.0.2", gate.ports().second(), ClientHello.naming(name))) {
                await().untilAsserted(() -> assertThat(gate.connections())
                        .as("%s %s", name, gate.log())
                        .isGreaterThan(before));
            }
        }
    }
}
