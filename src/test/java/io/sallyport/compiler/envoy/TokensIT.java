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
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.Sources;
import io.sallyport.testkit.TestIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners, in the clear and over TLS, that take tokens: who a source is, its token says, else its address. */
@RequiresEnvoy
class TokensIT {
    private static final String HERE = "127.0.0.2";
    private static final TestIssuer ISSUER = TestIssuer.named("https://issuer.test");
    private static final TestIssuer OTHER = TestIssuer.named("https://other.test/realm");
    private static final CertificateAuthority GATEWAYS = CertificateAuthority.named("gateways");

    @TempDir
    static Path folder;

    private static HttpGate gate;

    @BeforeAll
    static void start() throws IOException {
        gate = new HttpGate(folder, TokensIT::policy);
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static DesiredState policy(HttpGate.Ports ports) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aNamespace("shop").cidrs(HERE + "/32"),
                aWorkload("shop/at-home").at(HERE + "/32").labelled("app", "home"),
                aCredential("edge/server").certificate(GATEWAYS.server("gate.test")),
                aSecurityPolicy("edge/tokens")
                        .onGateway("internet")
                        .jwt(ISSUER.name(), ISSUER.jwks(), "gateway")
                        .jwt(OTHER.name(), OTHER.jwks()),
                aGateway("edge/internet")
                        .permitting("127.0.0.1/32")
                        .http("http", ports.first())
                        .https("https", ports.second(), "server"),
                destination("one", ports),
                destination("prefix", ports),
                destination("any", ports),
                destination("home", ports),
                destination("both", ports),
                rule("one").from(principals(ISSUER.name() + "/checkout")).to("edge/one"),
                rule("prefix").from(principals(OTHER.name() + "/shop:*")).to("edge/prefix"),
                rule("any").from(principals("*")).to("edge/any"),
                rule("no-batch")
                        .denying()
                        .from(principals(ISSUER.name() + "/batch"))
                        .to("edge/both"),
                rule("everyone").priority(2000).from(addresses("0.0.0.0/0")).to("edge/both"),
                rule("home")
                        .from(Sources.selecting("app", "home").inNamespaces("shop"))
                        .to("edge/home"));
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
        "checkout, one.test, 200",
        "other, one.test, sallyport/default-deny",
        "checkout, any.test, 200",
        "checkout, both.test, 200",
        "batch, both.test, edge/no-batch",
        "checkout, home.test, sallyport/default-deny",
    })
    void decidesByTheSubjectOfTheToken(String subject, String host, String expected) {
        RawHttp.Answer answer = clear(host, bearer(ISSUER.token(subject, "gateway")));

        assertThat(answer.status() == 200 ? "200" : answer.body()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"shop:a, 200", "shop:, 200", "shop, 403", "pay:a, 403"})
    void knowsSubjectsByWhatTheyBeginWith(String subject, int expected) {
        assertThat(clear("prefix.test", bearer(OTHER.token(subject, "whoever"))).status())
                .isEqualTo(expected);
    }

    @Test
    void withoutATokenTheAddressDecides() {
        assertThat(clear("home.test").status()).isEqualTo(200);
        assertThat(clear("any.test").body()).contains("default-deny");
        assertThat(clear("home.test", "Proxy-Authorization: Basic YTpi").status())
                .isEqualTo(200);
    }

    @Test
    void overTlsTheSame() {
        String token = bearer(ISSUER.token("checkout", "gateway"));

        assertThat(secure("one.test", "one.test", token).status()).isEqualTo(200);
        assertThat(secure("one.test", "one.test").body()).contains("default-deny");
    }

    static String[] bad() {
        Instant past = Instant.now().minusSeconds(3600);
        return new String[] {
            ISSUER.token("checkout", "gateway", past),
            ISSUER.token("checkout", "somebody-else"),
            TestIssuer.named(ISSUER.name()).token("checkout", "gateway"),
            TestIssuer.named("https://unknown.test").token("checkout", "gateway"),
            ISSUER.token("checkout", "gateway") + "x",
            "nonsense"
        };
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aTokenThatIsNotGoodIsRefusedWhateverTheAddressMayDo(String token) {
        RawHttp.Answer answer = clear("home.test", bearer(token));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("content-type")).contains("application/problem+json");
        assertThat(answer.header("www-authenticate")).isPresent();
        assertThat(answer.body()).contains("\"code\":\"invalid-token\"", "\"status\":401");
    }

    @Test
    void aTokenThatNamesNobodyProvesNobody() {
        String nameless =
                ISSUER.sign("{\"iss\":\"%s\",\"aud\":\"gateway\",\"exp\":4102444800}".formatted(ISSUER.name()));

        assertThat(clear("any.test", bearer(nameless)).body()).contains("default-deny");
        assertThat(clear("home.test", bearer(nameless)).body()).contains("default-deny");
    }

    @Test
    void believesNoHeaderAboutTheToken() {
        String[] forged = {
            "x-sallyport-issuer: " + ISSUER.name(), "x-sallyport-subject: checkout", "x-sallyport-identities: |1|"
        };

        assertThat(clear("one.test", forged).body()).contains("default-deny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one.test", "any.test"})
    void theTokenGoesNoFurther(String host) {
        String seen = clear(host, bearer(ISSUER.token("checkout", "gateway"))).body();

        assertThat(seen.toLowerCase(Locale.ROOT)).startsWith("get /hello").doesNotContain("authorization", "sallyport");
        assertThat(clear("home.test", "Proxy-Authorization: Basic YTpi").body().toLowerCase(Locale.ROOT))
                .doesNotContain("authorization");
    }

    @Test
    void theLogSaysWhoseTokenItWasAndThatABadOneWasRefused() {
        clear("one.test", bearer(ISSUER.token("checkout", "gateway")));
        clear("both.test", bearer("nonsense"));

        await().untilAsserted(() -> assertThat(gate.log())
                .anySatisfy(line -> {
                    assertThat(line.path("issuer").asText()).isEqualTo(ISSUER.name());
                    assertThat(line.path("subject").asText()).isEqualTo("checkout");
                    assertThat(line.path("rule").asText()).isEqualTo("edge/one");
                })
                .anySatisfy(line -> {
                    assertThat(line.path("host").asText()).isEqualTo("both.test");
                    assertThat(line.path("action").asText()).isEqualTo("denied");
                    assertThat(line.path("reason").asText()).isEqualTo("invalid-token");
                    assertThat(line.path("rule").isNull()).isTrue();
                }));
    }

    @ParameterizedTest
    @CsvSource({
        "one.test, ONE.test, 200",
        "ONE.test, one.test:80, 200",
        "any.test, one.test, 403",
        "one-test, one.test, 403",
        "oneatest, one.test, 403",
        "a.one.test, one.test, 403",
    })
    void theServerNameIsTheHostOrThereIsNone(String serverName, String host, int expected) {
        RawHttp.Answer answer = secure(serverName, host, bearer(ISSUER.token("checkout", "gateway")));

        assertThat(answer.status()).isEqualTo(expected);
        if (expected == 403) {
            assertThat(answer.body()).contains("\"code\":\"other-name\"");
        }
    }

    @Test
    void withoutAServerNameTheHostDecides() {
        String token = bearer(ISSUER.token("checkout", "gateway"));
        try (var http = RawHttp.connectSecurely(HERE, gate.ports().second(), GATEWAYS.context())) {
            assertThat(http.get("one.test", token).status()).isEqualTo(200);
        }
    }

    private static String bearer(String token) {
        return "Proxy-Authorization: Bearer " + token;
    }

    private static RawHttp.Answer clear(String host, String... headers) {
        try (var http = RawHttp.connect(HERE, gate.ports().first())) {
            return http.get(host, headers);
        }
    }

    private static RawHttp.Answer secure(String serverName, String host, String... headers) {
        try (var http = RawHttp.connectSecurely(HERE, gate.ports().second(), GATEWAYS.context(), serverName)) {
            return http.get(host, headers);
        }
    }
}
