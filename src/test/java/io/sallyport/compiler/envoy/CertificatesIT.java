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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.RuleBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A listener in mode Mutual: who a source is, its certificate says. */
@RequiresEnvoy
class CertificatesIT {
    private static final String HERE = "127.0.0.2";
    private static final String ELSEWHERE = "127.0.0.3";
    private static final String CHECKOUT = "spiffe://corp.test/ns/shop/sa/checkout";
    private static final CertificateAuthority CORP = CertificateAuthority.named("corp");
    private static final CertificateAuthority GATEWAYS = CertificateAuthority.named("gateways");

    @TempDir
    static Path folder;

    private static HttpGate gate;

    @BeforeAll
    static void start() throws IOException {
        gate = new HttpGate(folder, CertificatesIT::policy);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static DesiredState policy(HttpGate.Ports ports) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aNamespace("shop").spiffeIds("spiffe://corp.test/ns/shop/*").cidrs("127.0.0.2/32"),
                aCredential("edge/server").certificate(GATEWAYS.server("gate.test")),
                aCredential("edge/corp").caBundle(CORP.bundle()),
                aGateway("edge/internet")
                        .permitting("127.0.0.1/32")
                        .buckets(4)
                        .mutual("mutual", ports.first(), "server", "corp")
                        .http("http", ports.second()),
                destination("certified", ports),
                aSecurityPolicy("edge/certified").onDestination("certified").requiringCertificate(),
                rule("certified").priority(2000).from(addresses("0.0.0.0/0")).to("edge/certified"),
                destination("one", ports),
                destination("exact", ports),
                destination("prefix", ports),
                destination("here", ports),
                destination("anyone", ports),
                rule("exact").from(principals(CHECKOUT)).to("edge/exact"),
                rule("prefix").from(principals("spiffe://corp.test/ns/shop/*")).to("edge/prefix"),
                rule("proven").from(principals("*").atAddresses(HERE + "/32")).to("edge/here"),
                rule("no-batch")
                        .denying()
                        .from(principals("spiffe://corp.test/ns/shop/sa/batch"))
                        .to("edge/anyone"),
                rule("anyone").priority(2000).from(addresses("0.0.0.0/0")).to("edge/anyone"),
                rule("by-address").from(addresses(HERE + "/32")).to("edge/one"));
    }

    private static RuleBuilder rule(String name) {
        return aRule("edge/" + name).tier(Tier.ADMIN);
    }

    private static DestinationBuilder destination(String name, HttpGate.Ports ports) {
        return aDestination("edge/" + name)
                .hosts(name + ".test")
                .port(80, Protocol.HTTP, ports.web())
                .statically()
                .at("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "checkout, exact.test, 200",
        "batch, exact.test, sallyport/default-deny",
        "checkout, prefix.test, 200",
        "batch, prefix.test, 200",
        "batch, anyone.test, edge/no-batch",
        "checkout, anyone.test, 200",
        "checkout, here.test, 200",
    })
    void decidesByTheUriOfTheCertificate(String account, String host, String expected) {
        RawHttp.Answer answer = ask(HERE, "spiffe://corp.test/ns/shop/sa/" + account, host);

        assertThat(answer.status() == 200 ? "200" : answer.body()).contains(expected);
    }

    @Test
    void whereACertificateIsRequiredNothingComesByListenersThatAskForNone() {
        assertThat(ask(HERE, CHECKOUT, "certified.test").status()).isEqualTo(200);
        assertThat(RawHttp.get(HERE, gate.ports().second(), "certified.test").body())
                .contains("\"code\":\"unenforceable\"");
        assertThat(RawHttp.get(HERE, gate.ports().second(), "anyone.test").status())
                .isEqualTo(403);
    }

    @Test
    void comparesTheAddressBesidesWhereItIsAskedFor() {
        assertThat(ask(HERE, CHECKOUT, "here.test").status()).isEqualTo(200);
        assertThat(ask(ELSEWHERE, CHECKOUT, "here.test").body()).contains("default-deny");
    }

    @Test
    void aCertificateWithoutASpiffeIdIsNobody() {
        SSLContext noUri = CORP.client().context(GATEWAYS);

        assertThat(get(HERE, noUri, "here.test").body()).contains("default-deny");
        assertThat(get(HERE, noUri, "anyone.test").status()).isEqualTo(200);
        assertThat(ask(HERE, "https://corp.test/ns/shop/sa/checkout", "here.test")
                        .body())
                .contains("default-deny");
    }

    @Test
    void aCertificateThatNamesTwoIsRefused() {
        SSLContext two =
                CORP.client("spiffe://corp.test/ns/shop/sa/batch", CHECKOUT).context(GATEWAYS);

        assertThat(get(HERE, two, "anyone.test").body())
                .contains("\"code\":\"ambiguous-identity\"", "\"rule\":\"sallyport/ambiguous-identity\"");
    }

    @Test
    void withoutACertificateOfOursThereIsNoConnectionAndALine() {
        int before = gate.connections();

        assertThatThrownBy(() -> get(HERE, GATEWAYS.context(), "anyone.test")).isInstanceOf(UncheckedIOException.class);
        // One that calls itself as the right one does, or a client in Java would not show its certificate.
        SSLContext forged = CertificateAuthority.named("corp").client(CHECKOUT).context(GATEWAYS);
        assertThatThrownBy(() -> get(HERE, forged, "anyone.test")).isInstanceOf(UncheckedIOException.class);

        assertThat(gate.connections()).isEqualTo(before);
        await().untilAsserted(() -> assertThat(gate.log())
                .anyMatch(line -> line.path("reason").asText().equals("handshake")
                        && line.path("failure").asText().contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")
                        && line.path("source").asText().equals(HERE))
                .anyMatch(line -> line.path("failure").asText().contains("CERTIFICATE_VERIFY_FAILED")));
    }

    @Test
    void whatIsNoTlsHasALineToo() {
        assertThatThrownBy(() -> RawHttp.get("127.0.0.7", gate.ports().first(), "anyone.test"))
                .isInstanceOf(UncheckedIOException.class);

        await().untilAsserted(() -> assertThat(gate.log())
                .anyMatch(line -> line.path("source").asText().equals("127.0.0.7")
                        && line.path("reason").asText().equals("handshake")
                        && line.path("failure").asText().contains("HTTP_REQUEST")));
    }

    @Test
    void theLogSaysWhoWasAllowedByWhichRule() {
        ask(HERE, CHECKOUT, "EXACT.test:80");

        await().untilAsserted(() -> assertThat(gate.log()).anySatisfy(line -> {
            assertThat(line.path("host").asText()).isEqualTo("EXACT.test:80");
            assertThat(line.path("identity").asText()).isEqualTo(CHECKOUT);
            assertThat(line.path("rule").asText()).isEqualTo("edge/exact");
            assertThat(line.path("action").asText()).isEqualTo("allowed");
            assertThat(line.path("reason").asText()).isEmpty();
            assertThat(line.path("upstream").asText())
                    .endsWith(":" + gate.ports().web());
            assertThat(line.path("path").asText()).isEqualTo("/hello");
        }));
    }

    private static RawHttp.Answer ask(String from, String spiffeId, String host) {
        return get(from, CORP.client(spiffeId).context(GATEWAYS), host);
    }

    private static RawHttp.Answer get(String from, SSLContext context, String host) {
        try (var http = RawHttp.connectSecurely(from, gate.ports().first(), context)) {
            return http.get(host);
        }
    }
}
