package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.CompiledRouteBuilder.setting;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.path;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.route.RouteFilter;
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
                aDestination("edge/routed")
                        .hosts("routed.test")
                        .port(80, Protocol.HTTP, ports.web())
                        .statically()
                        .at("127.0.0.1"),
                aRoute("edge/routed")
                        .ofDestination("routed")
                        .with(where(prefix("/led"))
                                .to("edge/open", 2)
                                .to("edge/routed", 1)
                                .underPrefix("/")
                                .doing(new RouteFilter.RequestHeaders(setting("x-told", "once")))
                                .doing(new RouteFilter.ResponseHeaders(setting("x-answered", "once"))))
                        .with(where(path("/moved")).redirectingTo("open.test"))
                        .with(where(path("/said")).answering(200, "said")),
                aRule("edge/some")
                        .tier(Tier.ADMIN)
                        .from(addresses("127.0.0.0/29"))
                        .to("edge/open")
                        .to("edge/routed"),
                aRule("edge/but")
                        .tier(Tier.ADMIN)
                        .priority(1)
                        .denying()
                        .from(addresses("127.0.0.3/32"))
                        .to("edge/open")
                        .to("edge/routed"));
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
    void routesLeadBehindAsTheyDoElsewhere() {
        RawHttp.Answer led = ask("127.0.0.2", "/led/there?x");
        assertThat(led.body()).startsWith("GET /there?x HTTP/1.1\n").containsOnlyOnce("x-told: once");
        assertThat(led.header("x-answered")).contains("once");
        assertThat(ask("127.0.0.2", "/said").body()).isEqualTo("said");
        assertThat(ask("127.0.0.2", "/moved").header("location")).contains("http://open.test/moved");
        assertThat(ask("127.0.0.2", "/nowhere").body()).contains("\"code\":\"no-route\"");
        assertThat(ask("127.0.0.2", "/led//there").body()).contains("\"code\":\"ambiguous-path\"");
        assertThat(ask("127.0.0.3", "/said").body()).contains("edge/but");
        await().untilAsserted(() -> assertThat(gate.log()).anySatisfy(line -> {
            assertThat(line.path("route").asText()).isEqualTo("edge/routed/0/0");
            assertThat(line.path("path").asText()).isEqualTo("/led/there");
        }));
    }

    private static RawHttp.Answer ask(String from, String path) {
        try (var http = RawHttp.connect(from, gate.ports().first())) {
            return http.send("GET %s HTTP/1.1\r\nHost: routed.test\r\n\r\n".formatted(path));
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
