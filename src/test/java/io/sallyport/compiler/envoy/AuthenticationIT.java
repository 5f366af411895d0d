package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.AuthorizationRuleBuilder.denying;
import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static io.sallyport.testkit.Sources.principals;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Reply;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.RemoteKeys;
import io.sallyport.domain.security.TokenHeader;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.ClientHello;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.Dial;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tokens are taken where, what they tell, and what is closed where policies cannot be enforced. */
@RequiresEnvoy
class AuthenticationIT {
    private static final String HERE = "127.0.0.2";
    private static final TestIssuer ISSUER = TestIssuer.named("https://issuer.test");
    private static final TestIssuer OTHER = TestIssuer.named("https://other.test");
    private static final TestIssuer FAR = TestIssuer.named("https://far.test");
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.named("keys");
    private static final int RAW = Ports.free();
    private static final int KEYS = Ports.free();

    @TempDir
    static Path folder;

    private static HttpGate gate;
    private static HttpsServer keys;
    private static Evaluator evaluator;

    @BeforeAll
    static void start() throws IOException {
        keys = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), KEYS), 0);
        keys.setHttpsConfigurator(
                new HttpsConfigurator(AUTHORITY.server("keys.test").context(AUTHORITY)));
        keys.createContext("/", exchange -> {
            byte[] body = FAR.jwks().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        keys.start();
        gate = new HttpGate(
                folder,
                AuthenticationIT::policy,
                names -> names.answer("keys.test", "127.0.0.1")
                        .answer("another.test", "127.0.0.1")
                        .answer("refused.test", "127.9.9.9"));
        evaluator = new Evaluator(new SnapshotCompiler().compile(policy(gate.ports()), Cases.GATEWAY));
    }

    @AfterAll
    static void stop() {
        gate.close();
        keys.stop(0);
    }

    private static DesiredState policy(HttpGate.Ports ports) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet")
                        .permitting("127.0.0.1/32")
                        .http("http", ports.first())
                        .connect("proxy", ports.second())
                        .tls("tls", ports.third())
                        .tcp("raw", RAW, "edge/plain"),
                aCredential("edge/keys").caBundle(AUTHORITY.bundle()),
                aSecurityPolicy("edge/tokens").onGateway("internet").jwt(telling(ISSUER)),
                fixed("plain", ports),
                fixed("strict", ports),
                aSecurityPolicy("edge/strict")
                        .onDestination("strict")
                        .jwt(telling(ISSUER))
                        .requiringToken(),
                fixed("other", ports),
                aSecurityPolicy("edge/other")
                        .onDestination("other")
                        .jwt(new JwtProvider(
                                OTHER.name(),
                                List.of(),
                                OTHER.jwks(),
                                List.of(),
                                List.of(new TokenHeader("x-token", "JWT ")),
                                new TreeMap<>())),
                fixed("fetched", ports),
                aSecurityPolicy("edge/fetched").onDestination("fetched").jwt(fetching("keys.test")),
                fixed("refused", ports),
                aSecurityPolicy("edge/refused").onDestination("refused").jwt(fetching("refused.test")),
                fixed("another", ports),
                aSecurityPolicy("edge/another").onDestination("another").jwt(fetching("another.test")),
                fixed("paths", ports).port(443, Protocol.TLS, ports.web()),
                aSecurityPolicy("edge/paths")
                        .onDestination("paths")
                        .authorizing(denying("admin").paths("/admin")),
                aRule("edge/checkout")
                        .tier(Tier.ADMIN)
                        .from(principals(ISSUER.name() + "/checkout", OTHER.name() + "/x", FAR.name() + "/far"))
                        .to("edge/plain")
                        .to("edge/other")
                        .to("edge/fetched")
                        .to("edge/refused")
                        .to("edge/another"),
                aRule("edge/all")
                        .tier(Tier.ADMIN)
                        .from(addresses("0.0.0.0/0"))
                        .to("edge/strict")
                        .to("edge/paths"));
    }

    private static JwtProvider telling(TestIssuer issuer) {
        return new JwtProvider(
                issuer.name(),
                List.of(),
                issuer.jwks(),
                List.of(),
                List.of(),
                new TreeMap<>(Map.of("x-user", "sub", "x-team", "org.team")));
    }

    private static JwtProvider fetching(String host) {
        String uri = "https://%s:%d/keys".formatted(host, KEYS);
        return new JwtProvider(
                FAR.name(),
                List.of(),
                "",
                List.of(new RemoteKeys(uri, RemoteKeys.USUAL_CACHE, List.of(ResourceName.of("edge", "keys")))),
                List.of(),
                new TreeMap<>());
    }

    private static DestinationBuilder fixed(String name, HttpGate.Ports ports) {
        return aDestination("edge/" + name)
                .hosts(name + ".test")
                .port(80, Protocol.HTTP, ports.web())
                .statically()
                .at("127.0.0.1");
    }

    @Test
    void whereATokenIsRequiredNoneIsRefused() {
        RawHttp.Answer answer = get("strict.test");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"token-required\"", "\"status\":401");
        assertThat(answer.header("www-authenticate")).isPresent();
        assertThat(get("strict.test", bearer(ISSUER.token("a", "any"))).status())
                .isEqualTo(200);
        assertThat(code(get("strict.test", bearer("nonsense")))).isEqualTo("invalid-token");
        assertThat(code(get("strict.test", bearer(OTHER.token("x", "any"))))).isEqualTo("invalid-token");
        assertThat(code(get("strict.test", "Proxy-Authorization: Basic YTpi"))).isEqualTo("token-required");
        assertThat(verdict("http", "strict.test", List.of()).reply())
                .isEqualTo(new Reply.Status(401, "token-required"));
    }

    @Test
    void aForwardProxyAsksForTheTokenThatIsRequired() {
        try (var proxy = RawHttp.connect(HERE, gate.ports().second())) {
            RawHttp.Answer answer = proxy.send("GET http://strict.test/ HTTP/1.1\r\nHost: strict.test\r\n\r\n");

            assertThat(answer.status()).isEqualTo(407);
            assertThat(answer.header("proxy-authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        }
        assertThat(verdict("proxy", "strict.test", List.of()).reply())
                .isEqualTo(new Reply.Status(407, "token-required"));
    }

    @Test
    void aDestinationTakesItsOwnTokensAndNoOthers() {
        assertThat(get("other.test", "x-token: JWT " + OTHER.token("x", "any")).status())
                .isEqualTo(200);
        assertThat(code(get("other.test"))).isEqualTo("default-deny");
        assertThat(code(get("other.test", "x-token: JWT " + ISSUER.token("checkout", "any"))))
                .isEqualTo("invalid-token");
        assertThat(code(get("other.test", bearer(ISSUER.token("checkout", "any")))))
                .isEqualTo("default-deny");
        assertThat(code(get("plain.test", "x-token: JWT " + OTHER.token("x", "any"))))
                .isEqualTo("default-deny");
        assertThat(code(get("plain.test", bearer(OTHER.token("x", "any"))))).isEqualTo("invalid-token");
        assertThat(get("plain.test", bearer(ISSUER.token("checkout", "any"))).status())
                .isEqualTo(200);
        assertThat(verdict("http", "other.test", token(OTHER, "x")).ruling().allows())
                .isTrue();
        assertThat(verdict("http", "other.test", token(ISSUER, "checkout")).name())
                .isEqualTo("sallyport/invalid-token");
        assertThat(verdict("http", "plain.test", token(OTHER, "x")).name()).isEqualTo("sallyport/invalid-token");
    }

    @Test
    void claimsAreToldAndCannotBeForged() {
        String claims = "{\"iss\":\"%s\",\"sub\":\"checkout\",\"org\":{\"team\":\"pay\"},\"exp\":4102444800}"
                .formatted(ISSUER.name());

        assertThat(lower(get("plain.test", bearer(ISSUER.sign(claims)), "X-User: root", "x-team: root")))
                .contains("x-user: checkout", "x-team: pay")
                .doesNotContain("root", "authorization");
        assertThat(lower(get("plain.test", bearer(ISSUER.token("checkout", "any")), "x-team: root")))
                .contains("x-user: checkout")
                .doesNotContain("root");
        assertThat(lower(get("paths.test", "X-User: root", "x-TEAM: root"))).doesNotContain("root");
    }

    @Test
    void noTokenThatIsNotWhollyGoodPasses() {
        String good = ISSUER.token("checkout", "any");
        String[] parts = good.split("\\.", -1);
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(US_ASCII));
        String expired = ISSUER.token("checkout", "any", Instant.now().minusSeconds(3600));

        for (String bad : List.of(
                none + "." + parts[1] + ".",
                none + "." + parts[1] + "." + parts[2],
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + OTHER.token("checkout", "any").split("\\.", -1)[1] + "." + parts[2],
                TestIssuer.named(ISSUER.name()).token("checkout", "any"),
                expired)) {
            assertThat(code(get("plain.test", bearer(bad)))).as(bad).isEqualTo("invalid-token");
            assertThat(code(get("strict.test", bearer(bad)))).as(bad).isEqualTo("invalid-token");
            assertThat(get("plain.test", bearer(good), bearer(bad)).status()).isNotEqualTo(200);
            assertThat(get("plain.test", bearer(bad), bearer(good)).status()).isNotEqualTo(200);
        }
    }

    @Test
    void keysAreFetchedOverTlsAndWhereTheyCannotBeNoTokenIsGood() {
        String token = bearer(FAR.token("far", "any"));

        await().untilAsserted(
                        () -> assertThat(get("fetched.test", token).status()).isEqualTo(200));
        assertThat(code(get("refused.test", token))).isEqualTo("invalid-token");
        assertThat(code(get("another.test", token))).isEqualTo("invalid-token");
    }

    @Test
    void whatCannotBeEnforcedIsClosedAndTheRestIsNot() {
        assertThat(get("paths.test").status()).isEqualTo(200);
        assertThat(Dial.hear(HERE, gate.ports().third(), ClientHello.naming("paths.test")))
                .isEqualTo(Dial.HUNG_UP);
        assertThat(tunnel("paths.test:443")).contains(" 403 ", "\"rule\":\"sallyport/unenforceable\"");
        assertThat(tunnel("paths.test:80")).contains(" 403 ", "\"rule\":\"sallyport/unenforceable\"");
        assertThat(proxied("http://paths.test/")).isEqualTo(200);
        assertThat(proxied("http://paths.test/admin")).isEqualTo(407);
        assertThat(verdict("proxy", List.of(), new Approach.HttpRequest("paths.test", "GET", "/admin"))
                        .reply())
                .isEqualTo(new Reply.Status(407, "authorization"));
        await().untilAsserted(() -> assertThat(gate.log()).anySatisfy(line -> {
            assertThat(line.path("listener").asText()).isEqualTo("tls");
            assertThat(line.path("rule").asText()).isEqualTo("sallyport/unenforceable");
            assertThat(line.path("action").asText()).isEqualTo("denied");
        }));
        assertThat(decided("tls", new Approach.ClientHello(List.of("paths.test"))))
                .isEqualTo("sallyport/unenforceable");
        assertThat(decided("proxy", new Approach.Tunnel("paths.test:443"))).isEqualTo("sallyport/unenforceable");
        assertThat(decided("proxy", new Approach.Tunnel("paths.test:80"))).isEqualTo("sallyport/unenforceable");
        assertThat(decided("proxy", new Approach.HttpRequest("paths.test", "GET", "/")))
                .isEqualTo("edge/all");
    }

    private static String tunnel(String authority) {
        try (var proxy = ProxyClient.from(HERE, gate.ports().second())) {
            return proxy.connect(authority);
        }
    }

    private static int proxied(String url) {
        try (var proxy = RawHttp.connect(HERE, gate.ports().second())) {
            return proxy.send("GET %s HTTP/1.1\r\nHost: paths.test\r\n\r\n".formatted(url))
                    .status();
        }
    }

    private static RawHttp.Answer get(String host, String... headers) {
        try (var http = RawHttp.connect(HERE, gate.ports().first())) {
            return http.get(host, headers);
        }
    }

    private static String bearer(String token) {
        return "Proxy-Authorization: Bearer " + token;
    }

    private static String lower(RawHttp.Answer answer) {
        return answer.body().toLowerCase(Locale.ROOT);
    }

    private static String code(RawHttp.Answer answer) {
        String body = answer.body();
        int at = body.indexOf("\"code\":\"");
        return at < 0 ? body : body.substring(at + 8, body.indexOf('"', at + 8));
    }

    private static List<Peer.Token> token(TestIssuer issuer, String subject) {
        return List.of(new Peer.Token.Proven(new ByJwt(issuer.name(), subject)));
    }

    private static Verdict verdict(String listener, String host, List<Peer.Token> token) {
        return verdict(listener, token, new Approach.HttpRequest(host, "GET", "/hello"));
    }

    private static String decided(String listener, Approach approach) {
        return verdict(listener, List.of(), approach).name();
    }

    private static Verdict verdict(String listener, List<Peer.Token> token, Approach approach) {
        var peer = new Peer(new IpAddress(HERE), List.of(), token);
        return evaluator.decide(new Question(new Name(listener), peer, approach, Instant.now()));
    }
}
