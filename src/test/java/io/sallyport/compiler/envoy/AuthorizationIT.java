package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.AuthorizationRuleBuilder.allowing;
import static io.sallyport.testkit.AuthorizationRuleBuilder.auditing;
import static io.sallyport.testkit.AuthorizationRuleBuilder.denying;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.TestIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What policies allow of what rules allow. Every request is decided by a real Envoy and by the evaluator, and both say the
 * same.
 */
@RequiresEnvoy
class AuthorizationIT {
    private static final String HERE = "127.0.0.2";
    private static final String ELSEWHERE = "127.0.0.3";
    private static final TestIssuer ISSUER = TestIssuer.named("https://issuer.test");

    @TempDir
    static Path folder;

    private static HttpGate gate;
    private static Evaluator evaluator;

    @BeforeAll
    static void start() throws IOException {
        gate = new HttpGate(folder, AuthorizationIT::policy);
        evaluator = new Evaluator(new SnapshotCompiler().compile(policy(gate.ports()), Cases.GATEWAY));
    }

    @AfterAll
    static void stop() {
        gate.close();
    }

    private static DesiredState policy(HttpGate.Ports ports) {
        return state(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aNamespace("shop").cidrs(HERE + "/32"),
                aGateway("edge/internet")
                        .permitting("127.0.0.1/32")
                        .http("http", ports.first())
                        .connect("proxy", ports.second()),
                aSecurityPolicy("edge/tokens").onGateway("internet").jwt(ISSUER.name(), ISSUER.jwks()),
                aSecurityPolicy("edge/everywhere")
                        .onGateway("internet")
                        .authorizing(
                                denying("nothing-secret").hosts("*.secret.test"),
                                auditing("from-here").ipBlocks(HERE + "/32")),
                fixed("free", ports).hosts("free.test", "free.secret.test"),
                fixed("paths", ports).hosts("paths.test"),
                aSecurityPolicy("edge/paths")
                        .onDestination("paths")
                        .authorizing(
                                denying("admin").paths("/admin", "/admin/*"),
                                auditing("reports").paths("/reports*")),
                fixed("methods", ports).hosts("methods.test"),
                aSecurityPolicy("edge/methods")
                        .onDestination("methods")
                        .authorizing(
                                allowing("reads").methods("GET", "HEAD"),
                                allowing("posts").methods("POST").paths("/inbox")),
                fixed("sources", ports).hosts("sources.test"),
                aSecurityPolicy("edge/sources")
                        .onDestination("sources")
                        .authorizing(
                                allowing("shop").namespaces("shop"),
                                allowing("checkout").principals(ISSUER.name() + "/checkout"),
                                denying("batch").principals(ISSUER.name() + "/batch")),
                fixed("claims", ports).hosts("claims.test"),
                aSecurityPolicy("edge/claims")
                        .onDestination("claims")
                        .authorizing(
                                allowing("team").claim("team", "pay", "ship"),
                                denying("contractors").claim("org.kind", "contractor")),
                fixed("ports", ports).hosts("ports.test").port(81, Protocol.HTTP, ports.web()),
                aSecurityPolicy("edge/ports")
                        .onDestination("ports")
                        .authorizing(denying("other").ports(81)),
                fixed("when", ports).hosts("when.test"),
                aSecurityPolicy("edge/when")
                        .onDestination("when")
                        .authorizing(
                                denying("marked").when("request.headers['x-mark'] == 'bad'"),
                                allowing("short").when("size(request.url_path) < 10 && claims.level >= 2.0"),
                                allowing("probe")
                                        .when("request.query.contains('probe=1') || has(claims.probe)"
                                                + " || request.time < timestamp('2020-01-01T00:00:00Z')")),
                aRule("edge/all")
                        .tier(Tier.ADMIN)
                        .from(addresses("0.0.0.0/0"))
                        .to("edge/free")
                        .to("edge/paths")
                        .to("edge/methods")
                        .to("edge/sources")
                        .to("edge/claims")
                        .to("edge/ports")
                        .to("edge/when"));
    }

    private static DestinationBuilder fixed(String name, HttpGate.Ports ports) {
        return aDestination("edge/" + name)
                .port(80, Protocol.HTTP, ports.web())
                .statically()
                .at("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "free.test,             200",
        "free.secret.test,      edge/everywhere/nothing-secret",
        "FREE.Secret.test:80,   edge/everywhere/nothing-secret",
        "free.secret.test.,     edge/everywhere/nothing-secret",
        "free.secret.test.:80,  edge/everywhere/nothing-secret",
        "ports.test,            200",
        "ports.test:80,         200",
        "ports.test:81,         edge/ports/other",
        "PORTS.test.:81,        edge/ports/other",
    })
    void decidesByHostAndPortHoweverTheyAreWritten(String authority, String expected) {
        assertThat(decided(request(authority, "GET", "/hello"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/,                     200",
        "/admi,                 200",
        "/admin,                edge/paths/admin",
        "/admin?x=1,            edge/paths/admin",
        "/admin/x,              edge/paths/admin",
        "/x?y=/admin/../%2f,    200",
        "/ADMIN,                200",
        "/caf%C3%A9,            200",
        "/%61dmin,              sallyport/ambiguous-path",
        "/x/../admin,           sallyport/ambiguous-path",
        "/x/%2e%2e/admin,       sallyport/ambiguous-path",
        "/x/..%2fadmin,         sallyport/ambiguous-path",
        "/admin%2Fx,            sallyport/ambiguous-path",
        "//admin,               sallyport/ambiguous-path",
        "/./admin,              sallyport/ambiguous-path",
        "'/x\\..\\admin',       sallyport/ambiguous-path",
        "/admin/..,             sallyport/ambiguous-path",
        "/admin/..?x,           sallyport/ambiguous-path",
    })
    void noSpellingOfAPathGetsPastARuleOnIt(String path, String expected) {
        assertThat(decided(request("paths.test", "GET", path))).isEqualTo(expected);
    }

    @Test
    void hostsWithoutRulesOnPathsKeepThemAsSent() {
        assertThat(decided(request("free.test", "GET", "/a%2Fb//c/../d"))).isEqualTo("200");
        assertThat(sent(request("free.test", "GET", "/a%2Fb//c/../d")).body()).contains("/a%2Fb//c/../d");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /x,      200",
        "POST,   /inbox,  200",
        "POST,   /x,      edge/methods",
        "DELETE, /inbox,  edge/methods",
        "PATCH,  /inbox,  edge/methods",
    })
    void onePermissionOfAPolicyMustHold(String method, String path, String expected) {
        assertThat(decided(request("methods.test", method, path))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"x-http-method-override", "X-HTTP-Method", "X-Method-Override"})
    void noHeaderMakesAnotherMethodOfOneThatIsAllowed(String header) {
        Request overridden = request("methods.test", "GET", "/x").with(header, "DELETE");

        assertThat(decided(overridden)).isEqualTo("sallyport/ambiguous-method");
        assertThat(decided(request("free.test", "GET", "/x").with(header, "DELETE")))
                .isEqualTo("200");
    }

    @Test
    void decidesByWhoTheSourceIs() {
        Request any = request("sources.test", "GET", "/");

        assertThat(decided(any)).isEqualTo("200");
        assertThat(decided(any.from(ELSEWHERE))).isEqualTo("edge/sources");
        assertThat(decided(any.from(ELSEWHERE).as("checkout", Map.of()))).isEqualTo("200");
        assertThat(decided(any.as("batch", Map.of()))).isEqualTo("edge/sources/batch");
        assertThat(decided(any.from(ELSEWHERE)
                        .with("x-sallyport-identities", "|everyone|")
                        .with("x-sallyport-issuer", ISSUER.name())
                        .with("x-sallyport-subject", "checkout")))
                .isEqualTo("edge/sources");
        assertThat(decided(any.from(ELSEWHERE).with("x-forwarded-for", HERE))).isEqualTo("edge/sources");
    }

    @Test
    void decidesByWhatTokensClaim() {
        Request any = request("claims.test", "GET", "/");

        assertThat(decided(any)).isEqualTo("edge/claims");
        assertThat(decided(any.as("a", Map.of("team", "pay")))).isEqualTo("200");
        assertThat(decided(any.as("a", Map.of("team", "law")))).isEqualTo("edge/claims");
        assertThat(decided(any.as("a", Map.of("team", List.of("law", "ship"))))).isEqualTo("200");
        assertThat(decided(any.as("a", Map.of("team", List.of())))).isEqualTo("edge/claims");
        assertThat(decided(any.as("a", Map.of("team", Map.of("pay", true))))).isEqualTo("edge/claims");
        assertThat(decided(any.as("a", Map.of("team", 7.0)))).isEqualTo("edge/claims");
        assertThat(decided(any.as("a", Map.of("team", "pay", "org", Map.of("kind", "staff")))))
                .isEqualTo("200");
        assertThat(decided(any.as("a", Map.of("team", "pay", "org", Map.of("kind", "contractor")))))
                .isEqualTo("edge/claims/contractors");
        assertThat(decided(any.as("a", Map.of("team", "pay", "org", Map.of())))).isEqualTo("200");
    }

    @Test
    void aClaimOfAnotherKindThanIsAskedForIsDenied() {
        Request any = request("claims.test", "GET", "/");

        assertThat(decided(any.as("a", Map.of("team", "pay", "org", "contractor"))))
                .isEqualTo("edge/claims/contractors");
        assertThat(decided(any.as("a", Map.of("team", "pay", "org", Map.of("kind", 1.0)))))
                .isEqualTo("edge/claims/contractors");
        assertThat(decided(any.as("a", Map.of("team", "pay", "org", Map.of("kind", Map.of("contractor", true))))))
                .isEqualTo("edge/claims/contractors");
        assertThat(decided(any.as("a", Map.of("team", "pay", "org", Map.of("kind", List.of("contractor"))))))
                .isEqualTo("edge/claims/contractors");
    }

    @Test
    void decidesByConditionsAndWhatCannotBeToldIsDenied() {
        Request any = request("when.test", "GET", "/?probe=1");

        assertThat(decided(any)).isEqualTo("edge/when/marked");
        assertThat(decided(any.with("x-mark", "bad"))).isEqualTo("edge/when/marked");
        Request good = any.with("x-mark", "good");
        assertThat(decided(good)).isEqualTo("200");
        assertThat(decided(good.at("/"))).isEqualTo("edge/when");
        assertThat(decided(good.at("/").as("a", Map.of("level", 3.0)))).isEqualTo("200");
        assertThat(decided(good.at("/").as("a", Map.of("level", 1.0)))).isEqualTo("edge/when");
        assertThat(decided(good.at("/").as("a", Map.of("level", "3")))).isEqualTo("edge/when");
        assertThat(decided(good.at("/a-longer-path").as("a", Map.of("level", 3.0))))
                .isEqualTo("edge/when");
        assertThat(decided(good.at("/").as("a", Map.of("probe", true)))).isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource({
        "free.test:80,            200",
        "FREE.Secret.test.:80,    edge/everywhere/nothing-secret",
        "ports.test:80,           200",
        "PORTS.test.:81,          edge/ports/other",
        "paths.test:80,           sallyport/unenforceable",
        "methods.test:80,         sallyport/unenforceable",
        "when.test:80,            sallyport/unenforceable",
    })
    void aTunnelIsHeldToWhatIsKnownOfItAndClosedByWhatIsNot(String authority, String expected) {
        assertThat(tunnelled(request(authority, "CONNECT", ""))).isEqualTo(expected);
    }

    @Test
    void aTunnelIsHeldToWhoOpensItAndWhatItsTokenClaims() {
        Request sources = request("sources.test:80", "CONNECT", "");
        assertThat(tunnelled(sources)).isEqualTo("200");
        assertThat(tunnelled(sources.from(ELSEWHERE))).isEqualTo("edge/sources");
        assertThat(tunnelled(sources.from(ELSEWHERE).as("checkout", Map.of()))).isEqualTo("200");
        assertThat(tunnelled(sources.as("batch", Map.of()))).isEqualTo("edge/sources/batch");

        Request claims = request("claims.test:80", "CONNECT", "");
        assertThat(tunnelled(claims)).isEqualTo("edge/claims");
        assertThat(tunnelled(claims.as("a", Map.of("team", "pay")))).isEqualTo("200");
        assertThat(tunnelled(claims.as("a", Map.of("team", "law")))).isEqualTo("edge/claims");
        assertThat(tunnelled(claims.as("a", Map.of("team", "pay", "org", Map.of("kind", "contractor")))))
                .isEqualTo("edge/claims/contractors");
    }

    /** Asks Envoy and the evaluator for a tunnel; what both say: 200, or what decided. */
    private static String tunnelled(Request request) {
        RawHttp.Answer answer;
        try (var http = RawHttp.connect(request.source(), gate.ports().second())) {
            String token = request.token().stream()
                    .map(one -> "Proxy-Authorization: Bearer " + signed(one) + "\r\n")
                    .findFirst()
                    .orElse("");
            answer = http.send("CONNECT %1$s HTTP/1.1\r\nHost: %1$s\r\n%2$s\r\n".formatted(request.authority(), token));
        }
        String seen = answer.status() == 200 ? "200" : named(answer.body());
        Verdict verdict = verdict(request, "proxy", new Approach.Tunnel(request.authority()));
        assertThat(verdict.ruling().allows() ? "200" : verdict.name())
                .as("evaluator on %s", request)
                .isEqualTo(seen);
        return seen;
    }

    @Test
    void aRefusalIsAProblemThatNamesThePolicy() {
        RawHttp.Answer answer = sent(request("paths.test", "GET", "/admin"));

        assertThat(answer.header("content-type")).contains("application/problem+json");
        assertThat(answer.body())
                .contains("\"code\":\"authorization\"", "\"authorization\":\"edge/paths/admin\"", "\"status\":403");
        assertThat(sent(request("paths.test", "GET", "//")).body())
                .contains("\"code\":\"ambiguous-path\"", "\"status\":400");
    }

    @Test
    void logsNameWhatRefusedAndAllThatLooked() {
        sent(request("paths.test", "GET", "/reports/log"));
        sent(request("paths.test", "GET", "/admin/log"));

        await().untilAsserted(() -> {
            assertThat(gate.log()).anySatisfy(line -> {
                assertThat(line.path("path").asText()).isEqualTo("/reports/log");
                assertThat(line.path("audit").asText()).isEqualTo("edge/paths/reports edge/everywhere/from-here");
                assertThat(line.path("action").asText()).isEqualTo("allowed");
                assertThat(line.path("authorization").asText()).isEmpty();
            });
            assertThat(gate.log()).anySatisfy(line -> {
                assertThat(line.path("path").asText()).isEqualTo("/admin/log");
                assertThat(line.path("authorization").asText()).isEqualTo("edge/paths/admin");
                assertThat(line.path("rule").asText()).isEqualTo("edge/all");
                assertThat(line.path("action").asText()).isEqualTo("denied");
                assertThat(line.path("reason").asText()).isEqualTo("authorization");
            });
        });
        assertThat(verdict(request("paths.test", "GET", "/reports/log")).audits())
                .containsExactly("edge/paths/reports", "edge/everywhere/from-here");
    }

    private static Request request(String authority, String method, String path) {
        return new Request(HERE, authority, method, path, new TreeMap<>(), List.of());
    }

    /** Asks Envoy and the evaluator; what both say: 200, or what decided. */
    private static String decided(Request request) {
        RawHttp.Answer answer = sent(request);
        String seen = answer.status() == 200 ? "200" : named(answer.body());
        Verdict verdict = verdict(request);
        assertThat(verdict.ruling().allows() ? "200" : verdict.name())
                .as("evaluator on %s", request)
                .isEqualTo(seen);
        return seen;
    }

    private static String named(String problem) {
        try {
            var body = new ObjectMapper().readTree(problem);
            return body.path("authorization")
                    .asText(body.path("rule").asText(body.path("code").asText()));
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(problem, malformed);
        }
    }

    private static RawHttp.Answer sent(Request request) {
        try (var http = RawHttp.connect(request.source(), gate.ports().first())) {
            StringBuilder head = new StringBuilder("%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n"
                    .formatted(request.method(), request.path(), request.authority()));
            request.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
            request.token().forEach(token -> head.append("Proxy-Authorization: Bearer " + signed(token) + "\r\n"));
            return http.send(head.append("\r\n").toString());
        }
    }

    private static String signed(Peer.Token.Proven token) {
        Map<String, Object> claims = new LinkedHashMap<>(token.claims());
        claims.put("iss", token.identity().issuer());
        claims.put("sub", token.identity().subject());
        claims.put("exp", 4_102_444_800L);
        try {
            return ISSUER.sign(new ObjectMapper().writeValueAsString(claims));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Verdict verdict(Request request) {
        return verdict(
                request,
                "http",
                new Approach.HttpRequest(
                        request.authority(), request.method(), request.path(), List.of(), request.headers()));
    }

    private static Verdict verdict(Request request, String listener, Approach approach) {
        Peer address = Peer.at(new IpAddress(request.source()));
        Peer peer = request.token().stream().findFirst().map(address::with).orElse(address);
        return evaluator.decide(new Question(new Name(listener), peer, approach, Instant.now()));
    }

    private record Request(
            String source,
            String authority,
            String method,
            String path,
            SortedMap<String, String> headers,
            List<Peer.Token.Proven> token) {
        Request from(String other) {
            return new Request(other, authority, method, path, headers, token);
        }

        Request at(String other) {
            return new Request(source, authority, method, other, headers, token);
        }

        Request with(String name, String value) {
            SortedMap<String, String> more = new TreeMap<>(headers);
            more.put(name.toLowerCase(java.util.Locale.ROOT), value);
            return new Request(source, authority, method, path, more, token);
        }

        Request as(String subject, Map<String, Object> claims) {
            var shown = new Peer.Token.Proven(new ByJwt(ISSUER.name(), subject), claims);
            return new Request(source, authority, method, path, headers, List.of(shown));
        }
    }
}
