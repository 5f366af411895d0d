package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.AuthorizationRuleBuilder.allowing;
import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteRuleBuilder.always;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.security.Cors;
import io.sallyport.domain.security.CredentialInjection;
import io.sallyport.domain.security.HeaderPolicy.Edit;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.RequestLimits;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.TestIssuer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What policies ask of requests that rules allowed: how many, how large, and with which headers. */
@RequiresEnvoy
class PoliciesOnRequestsIT {
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    static Path folder;

    private static final CertificateAuthority OURS = CertificateAuthority.named("ours");
    private static final TestIssuer ISSUER = TestIssuer.named("https://issuer.test");
    private static final String TOKEN = """
            {"iss": "https://issuer.test", "sub": "checkout", "team": "pay", "exp": 4102444800}""";

    private static HttpGate gate;

    @BeforeAll
    static void start() throws IOException {
        gate = new HttpGate(folder, PoliciesOnRequestsIT::policy);
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
                        .http("http", ports.first())
                        .connect("proxy", ports.second())
                        .https("https", ports.third(), "server"),
                aCredential("edge/server")
                        .certificate(OURS.server("spelt.test", "clean.test", "keyed.test", "page.test")),
                aSecurityPolicy("edge/tokens").onGateway("internet").jwt(ISSUER.name(), ISSUER.jwks()),
                fixed("spelt", ports),
                aSecurityPolicy("edge/spelt")
                        .onDestination("spelt")
                        .limitedTo(2, LONG, RateLimit.Key.SOURCE, RateLimit.Key.HOST),
                fixed("told", ports),
                aSecurityPolicy("edge/told")
                        .onDestination("told")
                        .jwt(new JwtProvider(
                                ISSUER.name(),
                                List.of(),
                                ISSUER.jwks(),
                                List.of(),
                                List.of(),
                                new TreeMap<>(Map.of("x-told", "team"))))
                        .authorizing(allowing("all").methods("GET")),
                fixed("free", ports),
                fixed("shared", ports).hosts("shared.test", "also-shared.test"),
                aSecurityPolicy("edge/shared").onDestination("shared").limitedTo(3, LONG),
                fixed("each", ports),
                aSecurityPolicy("edge/each").onDestination("each").limitedTo(2, LONG, RateLimit.Key.SOURCE),
                fixed("by-host", ports).hosts("by-host.test", "other-by-host.test"),
                aSecurityPolicy("edge/by-host").onDestination("by-host").limitedTo(1, LONG, RateLimit.Key.HOST),
                fixed("by-rule", ports),
                aSecurityPolicy("edge/by-rule").onDestination("by-rule").limitedTo(1, LONG, RateLimit.Key.RULE),
                fixed("twice", ports),
                aSecurityPolicy("edge/twice-narrow").onDestination("twice").limitedTo(1, LONG, RateLimit.Key.SOURCE),
                aSecurityPolicy("edge/twice-wide").onDestination("twice").limitedTo(3, LONG),
                fixed("small", ports),
                aSecurityPolicy("edge/small").onDestination("small").largest(new RequestLimits(10, 0)),
                fixed("clean", ports),
                aSecurityPolicy("edge/clean")
                        .onDestination("clean")
                        .headers(
                                edit(List.of("x-secret"), Map.of("x-team", "100% %PROTOCOL%")),
                                edit(List.of("server-timing"), Map.of("x-via", "gate"))),
                fixed("routed", ports),
                aSecurityPolicy("edge/routed")
                        .onDestination("routed")
                        .headers(
                                edit(List.of("x-secret"), Map.of("x-team", "policy")),
                                edit(List.of("x-inside"), Map.of("x-via", "gate"))),
                aRoute("edge/routed")
                        .ofDestination("routed")
                        .with(always().doing(new RouteFilter.RequestHeaders(edits("x-secret", "x-team")))
                                .doing(new RouteFilter.ResponseHeaders(edits("x-inside", "x-via")))),
                aSecurityPolicy("edge/heads").onListener("internet", "http").largest(new RequestLimits(0, 8)),
                fixed("keyed", ports),
                aCredential("edge/key").token("the-key"),
                aSecurityPolicy("edge/keyed").onDestination("keyed").injecting("edge/key", "authorization", "Bearer "),
                fixed("keyed-if-none", ports),
                aSecurityPolicy("edge/keyed-if-none")
                        .onDestination("keyed-if-none")
                        .injecting(new CredentialInjection(
                                ResourceName.of("edge", "key"), "authorization", "Bearer ", false)),
                fixed("bursty", ports),
                aSecurityPolicy("edge/bursty")
                        .onDestination("bursty")
                        .limitedTo(new RateLimit.Local(1, LONG, 3, List.of())),
                fixed("page", ports),
                aSecurityPolicy("edge/page")
                        .onDestination("page")
                        .cors(new Cors(
                                List.of("https://app.example", "https://*.pages.example"),
                                List.of("GET", "PUT"),
                                List.of("x-a"),
                                List.of("x-b"),
                                LONG,
                                true)),
                allow("edge/all", "0.0.0.0/0", 2000),
                allow("edge/first", "127.0.0.4/32", 1000));
    }

    private static io.sallyport.testkit.RuleBuilder allow(String name, String from, int priority) {
        return aRule(name)
                .tier(Tier.ADMIN)
                .priority(priority)
                .from(addresses(from))
                .to("edge/free")
                .to("edge/spelt")
                .to("edge/told")
                .to("edge/shared")
                .to("edge/each")
                .to("edge/by-host")
                .to("edge/by-rule")
                .to("edge/twice")
                .to("edge/small")
                .to("edge/clean")
                .to("edge/keyed")
                .to("edge/keyed-if-none")
                .to("edge/bursty")
                .to("edge/page")
                .to("edge/routed");
    }

    private static HeaderEdits edits(String set, String added) {
        return new HeaderEdits(
                List.of(new HeaderEdits.Header(set, "route")),
                List.of(new HeaderEdits.Header(added, "route")),
                List.of());
    }

    private static DestinationBuilder fixed(String name, HttpGate.Ports ports) {
        return aDestination("edge/" + name)
                .hosts(name + ".test")
                .statically()
                .at("127.0.0.1")
                .port(80, Protocol.HTTP, ports.web());
    }

    private static Edit edit(List<String> strip, Map<String, String> set) {
        return new Edit(strip, new TreeMap<>(set));
    }

    @Test
    void aLimitIsSharedByAllSourcesAndHostsOfADestination() {
        assertThat(get("127.0.0.2", "shared.test").status()).isEqualTo(200);
        assertThat(get("127.0.0.3", "SHARED.test:80").status()).isEqualTo(200);
        assertThat(get("127.0.0.3", "also-shared.test").status()).isEqualTo(200);

        RawHttp.Answer refused = get("127.0.0.5", "shared.test.");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("\"code\":\"rate-limited\"");
        assertThat(get("127.0.0.5", "free.test").status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(gate.log()).anySatisfy(line -> {
            assertThat(line.path("reason").asText()).isEqualTo("rate-limited");
            assertThat(line.path("action").asText()).isEqualTo("denied");
            assertThat(line.path("rule").asText()).isEqualTo("edge/all");
        }));
    }

    @Test
    void eachSourceHasItsOwn() {
        for (String source : List.of("127.0.0.2", "127.0.0.3")) {
            assertThat(get(source, "each.test").status()).isEqualTo(200);
            assertThat(get(source, "each.test").status()).isEqualTo(200);
            assertThat(get(source, "each.test").status()).isEqualTo(429);
        }
    }

    @Test
    void eachHostHasItsOwnHoweverItIsWritten() {
        assertThat(get("127.0.0.2", "by-host.test").status()).isEqualTo(200);
        assertThat(get("127.0.0.2", "other-by-host.test").status()).isEqualTo(200);
        for (String host : List.of("by-host.test", "BY-HOST.test", "by-host.test.", "by-host.test:80")) {
            assertThat(get("127.0.0.2", host).status()).as(host).isEqualTo(429);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https", "proxy"})
    void noSpellingOfAHostDodgesALimitOnAnyListener(String listener) {
        List<Integer> answers = Stream.of("spelt.test", "SPELT.test", "spelt.test.", "spelt.test:80", "Spelt.Test.:80")
                .map(host -> asked(listener, "127.0.0.7", "/", host).status())
                .toList();

        assertThat(answers).containsExactly(200, 200, 429, 429, 429);
        assertThat(asked(listener, "127.0.0.8", "/", "spelt.test").status()).isEqualTo(200);
    }

    @Test
    void aTunnelThatWouldNotBeCountedIsNotOpened() {
        try (var http = RawHttp.connect("127.0.0.7", gate.ports().second())) {
            assertThat(http.send("CONNECT SPELT.test:80 HTTP/1.1\r\nHost: SPELT.test:80\r\n\r\n")
                            .body())
                    .contains("\"code\":\"unenforceable\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http, free.test, ''",
        "http, clean.test, x-team",
        "http, keyed.test, authorization",
        "http, page.test, ''",
        "http, told.test, x-told",
        "https, clean.test, x-team",
        "https, keyed.test, authorization",
        "proxy, free.test, ''",
        "proxy, clean.test, x-team",
        "proxy, told.test, x-told",
    })
    void nothingOfOursAndNothingOfTheSourceGoesOut(String listener, String host, String given) {
        String head = asked(
                        listener,
                        "127.0.0.77",
                        "/",
                        host,
                        "User-Agent: mine",
                        "Origin: https://app.example",
                        "Proxy-Authorization: Bearer " + ISSUER.sign(TOKEN),
                        "Proxy-Connection: keep-alive",
                        "X-Forwarded-For: 10.1.2.3",
                        "X-Forwarded-Proto: gopher",
                        "Forwarded: for=10.1.2.3",
                        "X-Real-Ip: 10.1.2.3",
                        "X-Request-Id: 4711",
                        "X-Envoy-Original-Path: /x",
                        "X-Sallyport-Subject: forged")
                .body();

        Set<String> received = new TreeSet<>();
        head.lines().skip(1).forEach(line -> received.add(line.substring(0, line.indexOf(':'))));
        Set<String> expected = new TreeSet<>(Set.of("host", "user-agent", "origin", "x-real-ip"));
        if (!given.isEmpty()) {
            expected.add(given);
        }
        assertThat(received).isEqualTo(expected);
        assertThat(head).doesNotContain("127.0.0.77", "checkout", "4711", "gopher");
    }

    private static RawHttp.Answer asked(String listener, String from, String path, String host, String... headers) {
        String target = listener.equals("proxy") ? "http://" + host + path : path;
        String more = Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining());
        String request = "GET %s HTTP/1.1\r\nHost: %s\r\n%s\r\n".formatted(target, host, more);
        try (var http = connected(listener, from, host)) {
            return http.send(request);
        }
    }

    private static RawHttp connected(String listener, String from, String host) {
        return switch (listener) {
            case "https" ->
                RawHttp.connectSecurely(
                        from,
                        gate.ports().third(),
                        OURS.context(),
                        host.toLowerCase(java.util.Locale.ROOT).replaceFirst("\\.?(:.*)?$", ""));
            case "proxy" -> RawHttp.connect(from, gate.ports().second());
            default -> RawHttp.connect(from, gate.ports().first());
        };
    }

    @Test
    void eachRuleHasItsOwn() {
        assertThat(get("127.0.0.4", "by-rule.test").status()).isEqualTo(200);
        assertThat(get("127.0.0.4", "by-rule.test").status()).isEqualTo(429);
        assertThat(get("127.0.0.5", "by-rule.test").status()).isEqualTo(200);
        assertThat(get("127.0.0.5", "by-rule.test").status()).isEqualTo(429);
    }

    @Test
    void limitsOfSeveralPoliciesAllHold() {
        assertThat(get("127.0.0.2", "twice.test").status()).isEqualTo(200);
        assertThat(get("127.0.0.2", "twice.test").status()).isEqualTo(429);
        assertThat(get("127.0.0.3", "twice.test").status()).isEqualTo(200);
        get("127.0.0.4", "twice.test");
        assertThat(get("127.0.0.5", "twice.test").status()).isEqualTo(429);
    }

    @Test
    void aForgedSourceCountsForNobodyElse() {
        try (var http = RawHttp.connect("127.0.0.6", gate.ports().first())) {
            for (int attempt = 0; attempt < 3; attempt++) {
                RawHttp.Answer answer = http.send(
                        "GET / HTTP/1.1\r\nHost: each.test\r\nX-Sallyport-Source: 127.0.0.%d\r\nX-Forwarded-For: 127.0.1.%d\r\nX-Sallyport-Issuer: i%d\r\n\r\n"
                                .formatted(attempt, attempt, attempt));

                assertThat(answer.status()).isEqualTo(attempt < 2 ? 200 : 429);
                assertThat(answer.body()).doesNotContain("x-sallyport");
            }
        }
    }

    @Test
    void aBodyThatIsTooLargeReachesNobody() {
        int before = gate.connections();
        for (String body : List.of(
                "Content-Length: 11\r\n\r\n01234567890",
                "Transfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n0\r\n\r\n")) {
            RawHttp.Answer answer = send("PUT / HTTP/1.1\r\nHost: small.test\r\n" + body);

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("\"code\":\"body-too-large\"");
        }

        assertThat(gate.connections()).isEqualTo(before);
        assertThat(get("127.0.0.2", "small.test").status()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLargeReachesNobodyInOnePieceWithItsEndEither() throws Exception {
        int before = gate.connections();
        Vertx vertx = Vertx.vertx();
        try {
            assertThat(put(vertx, "01234567890")).isEqualTo(413);
            assertThat(gate.connections()).isEqualTo(before);
            assertThat(put(vertx, "0123456789")).isEqualTo(200);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static int put(Vertx vertx, String body) throws Exception {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        return client.request(new RequestOptions()
                        .setMethod(HttpMethod.PUT)
                        .setServer(SocketAddress.inetSocketAddress(gate.ports().first(), "127.0.0.1"))
                        .setHost("small.test")
                        .setPort(80)
                        .setURI("/"))
                .compose(request -> request.send(Buffer.buffer(body)))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .statusCode();
    }

    @Test
    void aRefusedCallIsLoggedAsRefusedThoughItIsAnswered200() {
        RawHttp.Answer answer = send("POST /shop.Orders/Refused HTTP/1.1\r\nHost: small.test\r\n"
                + "Content-Type: application/grpc\r\nContent-Length: 11\r\n\r\n01234567890");

        assertThat(answer.status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(gate.log()).anySatisfy(line -> {
            assertThat(line.path("path").asText()).isEqualTo("/shop.Orders/Refused");
            assertThat(line.path("action").asText()).isEqualTo("denied");
            assertThat(line.path("reason").asText()).isEqualTo("body-too-large");
            assertThat(line.path("rule").asText()).isEqualTo("edge/all");
        }));
    }

    @Test
    void whatPoliciesSayOfHeadersCountsAfterWhatRoutesSay() {
        RawHttp.Answer answer = get("127.0.0.2", "routed.test");

        assertThat(answer.body()).contains("x-team: policy").doesNotContain("x-secret", "x-team: route");
        assertThat(answer.header("x-inside")).isEmpty();
        assertThat(answer.header("x-via")).contains("gate");
    }

    @Test
    void headersThatAreTooLargeAreRefused() {
        RawHttp.Answer answer =
                send("GET / HTTP/1.1\r\nHost: free.test\r\nX-Large: %s\r\n\r\n".formatted("a".repeat(9000)));

        assertThat(answer.status()).isEqualTo(431);
        assertThat(send("GET / HTTP/1.1\r\nHost: free.test\r\nX-Large: %s\r\n\r\n".formatted("a".repeat(6000)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aCredentialGoesWithRequestsToItsDestinationAlone() {
        String forged = "GET / HTTP/1.1\r\nHost: %s\r\nAuthorization: mine\r\n\r\n";

        assertThat(send(forged.formatted("keyed.test")).body())
                .contains("authorization: Bearer the-key")
                .doesNotContain("mine");
        assertThat(send(forged.formatted("free.test")).body())
                .contains("authorization: mine")
                .doesNotContain("the-key");
    }

    @Test
    void aCredentialThatDoesNotOverwriteLeavesWhatTheSourceSends() {
        assertThat(send("GET / HTTP/1.1\r\nHost: keyed-if-none.test\r\nAuthorization: mine\r\n\r\n")
                        .body())
                .contains("authorization: mine")
                .doesNotContain("the-key");
        assertThat(send("GET / HTTP/1.1\r\nHost: keyed-if-none.test\r\n\r\n").body())
                .contains("authorization: Bearer the-key");
    }

    @Test
    void asManyComeAtOnceAsTheBurstAllows() {
        assertThat(IntStream.range(0, 4)
                        .map(attempt -> get("127.0.0.2", "bursty.test").status())
                        .boxed())
                .containsExactly(200, 200, 200, 429);
    }

    @Test
    void headersAreTakenAndGiven() {
        RawHttp.Answer answer = send("GET / HTTP/1.1\r\nHost: clean.test\r\nX-Secret: a\r\nX-Team: b\r\n\r\n");

        assertThat(answer.body())
                .contains("x-team: 100% %PROTOCOL%")
                .doesNotContainIgnoringCase("x-secret")
                .doesNotContain("x-team: b");
        assertThat(answer.header("x-via")).contains("gate");
    }

    @Test
    void pagesAreAnsweredWhetherTheyMayAsk() {
        for (String origin : List.of("https://app.example", "https://a.b.pages.example")) {
            RawHttp.Answer answer = preflight(origin);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("access-control-allow-origin")).contains(origin);
            assertThat(answer.header("access-control-allow-methods")).contains("GET,PUT");
            assertThat(answer.header("access-control-max-age")).contains("3600");
        }
        for (String origin : List.of(
                "https://evil.example",
                "https://pages.example",
                "https://app.example.evil",
                "https://xpages.example",
                "http://a.pages.example")) {
            assertThat(preflight(origin).header("access-control-allow-origin"))
                    .as(origin)
                    .isEmpty();
        }
    }

    private static RawHttp.Answer preflight(String origin) {
        return send("OPTIONS / HTTP/1.1\r\nHost: page.test\r\nOrigin: %s\r\nAccess-Control-Request-Method: PUT\r\n\r\n"
                .formatted(origin));
    }

    private static RawHttp.Answer send(String request) {
        try (var http = RawHttp.connect("127.0.0.2", gate.ports().first())) {
            return http.send(request);
        }
    }

    private static RawHttp.Answer get(String from, String host) {
        try (var http = RawHttp.connect(from, gate.ports().first())) {
            return http.get(host);
        }
    }
}
