package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static io.sallyport.testkit.Sources.principals;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.TestIssuer;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forward proxies in the clear and over TLS, whose clients prove by tokens or certificates who they are. */
@RequiresEnvoy
class ProxyAuthorizationIT {
    private static final String HERE = "127.0.0.2";
    private static final String ELSEWHERE = "127.0.0.3";
    private static final String SERVICE = "spiffe://corp.test/ns/shop/sa/checkout";
    private static final TestIssuer ISSUER = TestIssuer.named("https://issuer.test");
    private static final TestIssuer FOREIGN =
            new TestIssuer(ISSUER.name(), TestIssuer.named("forger").keys());
    private static final CertificateAuthority GATEWAYS = CertificateAuthority.named("gateways");
    private static final CertificateAuthority WORKLOADS = CertificateAuthority.named("workloads");

    @TempDir
    static Path folder;

    private static ProxyGate gate;

    @BeforeAll
    static void start() {
        gate = new ProxyGate(folder, ProxyAuthorizationIT::policy);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static DesiredState policy(ProxyGate.Ports ports) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aCredential("edge/server").certificate(GATEWAYS.server("proxy.test")),
                aCredential("edge/workloads").caBundle(WORKLOADS.bundle()),
                aSecurityPolicy("edge/tokens").onGateway("internet").jwt(ISSUER.name(), ISSUER.jwks(), "gateway"),
                aGateway("edge/internet")
                        .permitting("127.9.0.0/16")
                        .connect("proxy", ports.proxy())
                        .connect("mutual", ports.other())
                        .endingMutualTls("server", "workloads"),
                destination("proven.test", ports),
                destination("near.test", ports),
                rule("proven")
                        .from(principals(ISSUER.name() + "/checkout", SERVICE))
                        .to("edge/proven"),
                rule("near").from(addresses(HERE + "/32")).to("edge/near"));
    }

    private static RuleBuilder rule(String name) {
        return aRule("edge/" + name).tier(Tier.ADMIN);
    }

    private static io.sallyport.testkit.DestinationBuilder destination(String host, ProxyGate.Ports ports) {
        return aDestination("edge/" + host.replace(".test", ""))
                .hosts(host)
                .port(443, Protocol.HTTPS, ports.secure())
                .port(80, Protocol.HTTP, ports.web())
                .statically()
                .at(ProxyGate.PUBLIC);
    }

    @Test
    void aTokenOpensATunnelAndGoesNoFurther() {
        String token = bearer(ISSUER.token("checkout", "gateway"));

        try (var client = gate.from(ELSEWHERE)) {
            assertThat(client.connect("proven.test:443", token)).startsWith("HTTP/1.1 200");
            assertThat(client.secretly(gate.trust(), "proven.test")).startsWith("HTTP/1.1 200");
        }
        try (var client = gate.from(ELSEWHERE)) {
            assertThat(client.ask("GET http://proven.test:80/ HTTP/1.1\r\nHost: x\r\n" + token + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContainIgnoringCase("authorization");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Accept: */*", "Proxy-Authorization: Basic YTpi", "x-sallyport-issuer: https://issuer.test"})
    void whoProvesNothingIsAskedToWhereRulesRefuse(String header) {
        try (var client = gate.from(ELSEWHERE)) {
            assertThat(client.connect("proven.test:443", header))
                    .startsWith("HTTP/1.1 407")
                    .contains("proxy-authenticate: Bearer realm=", "\"code\":\"default-deny\"");
        }
        try (var client = gate.from(ELSEWHERE)) {
            assertThat(client.ask("GET http://proven.test:80/ HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 407")
                    .contains("proxy-authenticate: Bearer realm=");
        }
    }

    @Test
    void whereNoProofWouldHelpNoneIsAskedFor() {
        try (var client = gate.from(ELSEWHERE)) {
            assertThat(client.connect("unknown.test:443"))
                    .startsWith("HTTP/1.1 403")
                    .contains("unknown-destination");
        }
        try (var client = gate.from(ELSEWHERE)) {
            assertThat(client.connect("proven.test:443", bearer(ISSUER.token("other", "gateway"))))
                    .startsWith("HTTP/1.1 403")
                    .contains("default-deny");
        }
    }

    @Test
    void withoutATokenTheAddressDecides() {
        try (var client = gate.from(HERE)) {
            assertThat(client.connect("near.test:443")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aTokenThatIsNotGoodIsRefusedAsSuch() {
        for (String token : new String[] {
            FOREIGN.token("checkout", "gateway"),
            ISSUER.token("checkout", "someone-else"),
            ISSUER.token("checkout", "gateway", Instant.now().minusSeconds(600)),
            "x.y.z"
        }) {
            try (var client = gate.from(HERE)) {
                assertThat(client.connect("near.test:443", bearer(token)))
                        .startsWith("HTTP/1.1 407")
                        .contains("proxy-authenticate: Bearer error=\"invalid_token\"", "\"code\":\"invalid-token\"");
            }
        }
    }

    @Test
    void overMutualTlsTheCertificateDecides() {
        var known = WORKLOADS.client(SERVICE).context(GATEWAYS);
        var other = WORKLOADS.client("spiffe://corp.test/ns/shop/sa/other").context(GATEWAYS);

        try (var client = ProxyClient.from(ELSEWHERE, gate.ports.other()).over(known)) {
            assertThat(client.connect("proven.test:443")).startsWith("HTTP/1.1 200");
            assertThat(client.secretly(gate.trust(), "proven.test")).startsWith("HTTP/1.1 200");
        }
        try (var client = ProxyClient.from(HERE, gate.ports.other()).over(other)) {
            assertThat(client.connect("proven.test:443", bearer(ISSUER.token("checkout", "gateway"))))
                    .startsWith("HTTP/1.1 403")
                    .contains("default-deny");
        }
    }

    private static String bearer(String token) {
        return "Proxy-Authorization: Bearer " + token;
    }
}
