package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.CompiledRouteBuilder.aCompiledRoute;
import static io.sallyport.testkit.CompiledRouteBuilder.routed;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RawHttp.Answer;
import io.sallyport.testkit.RequiresEnvoy;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of its routes a request takes, told by routes that answer with their names. */
@RequiresEnvoy
class RouteMatchesIT {
    @TempDir
    static Path folder;

    private static final EchoUpstream WEB = EchoUpstream.start();
    private static NameServer names;
    private static Outpost outpost;

    @BeforeAll
    static void start() {
        int listening = Ports.free();
        names = NameServer.start();
        outpost = Outpost.start(folder, names, listening, snapshot(listening));
    }

    @AfterAll
    static void stop() {
        outpost.close();
        names.close();
        WEB.close();
    }

    private static Snapshot snapshot(int listening) {
        Snapshot plain = new SnapshotCompiler()
                .compile(
                        state(
                                aNamespace("edge").cidrs("127.0.0.0/8"),
                                aGateway("edge/internet")
                                        .permitting("127.0.0.1/32")
                                        .buckets(4)
                                        .http("http", listening),
                                aDestination("edge/api")
                                        .hosts(
                                                "paths.test",
                                                "fields.test",
                                                "queries.test",
                                                "alike.test",
                                                "as-sent.test",
                                                "escaping.test")
                                        .port(80, Protocol.HTTP, WEB.port())
                                        .statically()
                                        .at("127.0.0.1"),
                                aRule("edge/some")
                                        .tier(Tier.ADMIN)
                                        .from(addresses("127.0.0.2/32"))
                                        .to("edge/api")),
                        Cases.GATEWAY);
        return escaping(alike(queries(fields(paths(plain)))));
    }

    private static Snapshot paths(Snapshot snapshot) {
        return routed(
                snapshot,
                "paths.test",
                aCompiledRoute("edge/exact").exactly("/v1").sayingItsName(),
                aCompiledRoute("edge/deep").below("/v1/deep/").sayingItsName(),
                aCompiledRoute("edge/put").below("/v1").method("PUT").sayingItsName(),
                aCompiledRoute("edge/prefix").below("/v1").sayingItsName(),
                aCompiledRoute("edge/regex").matching("/v[2-9](\\.[0-9]+)?").sayingItsName(),
                aCompiledRoute("edge/grpc").below("/shop.v1.Orders").grpc().sayingItsName());
    }

    private static Snapshot fields(Snapshot snapshot) {
        return routed(
                snapshot,
                "fields.test",
                aCompiledRoute("edge/exact")
                        .header("x-a", new ValueMatch.Exact("one"))
                        .sayingItsName(),
                aCompiledRoute("edge/regex")
                        .header("x-a", new ValueMatch.Regex("t[a-z]+"))
                        .sayingItsName(),
                aCompiledRoute("edge/present")
                        .header("x-b", new ValueMatch.Present())
                        .sayingItsName(),
                aCompiledRoute("edge/absent")
                        .header("x-c", new ValueMatch.Exact("1"))
                        .headerNot("x-d", new ValueMatch.Present())
                        .sayingItsName(),
                aCompiledRoute("edge/not")
                        .header("x-c", new ValueMatch.Present())
                        .headerNot("x-d", new ValueMatch.Regex("no|"))
                        .sayingItsName(),
                aCompiledRoute("edge/joined")
                        .header("x-j", new ValueMatch.Exact("a,b"))
                        .sayingItsName(),
                aCompiledRoute("edge/unlike")
                        .headerNot("x-e", new ValueMatch.Exact("e"))
                        .sayingItsName());
    }

    private static Snapshot queries(Snapshot snapshot) {
        return routed(
                snapshot,
                "queries.test",
                aCompiledRoute("edge/exact")
                        .query("a", new ValueMatch.Exact("1"))
                        .sayingItsName(),
                aCompiledRoute("edge/regex")
                        .query("a", new ValueMatch.Regex("[2-5]"))
                        .sayingItsName(),
                aCompiledRoute("edge/present")
                        .query("b", new ValueMatch.Present())
                        .sayingItsName(),
                aCompiledRoute("edge/absent")
                        .query("c", new ValueMatch.Present())
                        .queryNot("d", new ValueMatch.Present())
                        .sayingItsName(),
                aCompiledRoute("edge/not")
                        .query("c", new ValueMatch.Present())
                        .queryNot("d", new ValueMatch.Regex("no|"))
                        .sayingItsName(),
                aCompiledRoute("edge/unlike")
                        .queryNot("e", new ValueMatch.Exact("e"))
                        .sayingItsName(),
                aCompiledRoute("edge/unlike-both")
                        .queryNot("e", new ValueMatch.Exact("e2"))
                        .queryNot("f", new ValueMatch.Exact(""))
                        .sayingItsName());
    }

    // Asks for nothing of paths.
    private static Snapshot alike(Snapshot snapshot) {
        return routed(snapshot, "alike.test", aCompiledRoute("edge/any").to("edge/api/80"));
    }

    private static Snapshot escaping(Snapshot snapshot) {
        return routed(
                snapshot,
                "escaping.test",
                aCompiledRoute("edge/astray").below("/out").refusing());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1, exact",
        "/v1?deep=1, exact",
        "/v1/, prefix",
        "/v1/deep, deep",
        "/v1/deep/er?x, deep",
        "/v1/deeper, prefix",
        "/v2, regex",
        "/v2.17, regex"
    })
    void pathsAreMatchedByElementsAndWithoutTheirQuery(String path, String route) {
        assertThat(outpost.ask("paths.test", path).body()).isEqualTo(route);
        assertThat(outpost.ask("PATHS.Test.:80", path).body()).isEqualTo(route);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/V1", "/v12", "/v2/x", "/xv2", "/shop.v1.Orders/Get", "/v", "/v2.17."})
    void whatNoRouteMeansHasNoWay(String path) {
        Answer answer = outpost.ask("paths.test", path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("content-type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"no-route\"");
    }

    @Test
    void theMethodCountsAndSoDoesTheContentOfGrpc() {
        assertThat(send("PUT /v1/x HTTP/1.1\r\nHost: paths.test\r\nContent-Length: 0\r\n\r\n")
                        .body())
                .isEqualTo("put");
        assertThat(send("""
                        POST /shop.v1.Orders/Get HTTP/1.1\r
                        Host: paths.test\r
                        Content-Type: application/grpc+proto\r
                        Content-Length: 0\r
                        \r
                        """).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "x-a: one, exact",
        "X-A: two, regex",
        "x-a: oned, unlike",
        "x-b: , present",
        "x-c: 1, absent",
        "x-c: 1|x-d: yes, not",
        "x-c: 2, unlike",
        "x-c: 1|x-d: no, unlike",
        "x-c: 1|x-d: , unlike",
        "x-e: e1, unlike",
        "x-e: e, no-route",
        "x-a: one|x-a: two, exact",
        "x-a: ONE|x-a: two, regex",
        "x-a: o|x-a: ne, unlike",
        "x-j: a|x-j: b, unlike",
        "'x-j: a,b', joined",
        "x-e: f|x-e: e, no-route"
    })
    void headersAreMatchedInAllWays(String headers, String route) {
        assertThat(outpost.get("fields.test", headers.split("\\|")).body()).contains(route);
    }

    @ParameterizedTest
    @CsvSource({
        "/?a=1, exact",
        "/?x&a=4, regex",
        "/?a=9&b, present",
        "/?a=9&a=1, unlike",
        "/?c, absent",
        "/?c&d=yes, not",
        "/?c&d=no, unlike",
        "/?c&d=, unlike",
        "/?e=f, unlike",
        "/, unlike",
        "/?e=e, no-route",
        "/?e=e&f=1, unlike-both",
        "/?e=e&f, no-route",
        "/?e=e&f=, no-route"
    })
    void queriesAreMatchedInAllWays(String path, String route) {
        assertThat(outpost.ask("queries.test", path).body())
                .satisfiesAnyOf(
                        body -> assertThat(body).isEqualTo(route),
                        body -> assertThat(body).contains("\"code\":\"" + route + "\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/../v1",
                "/v1/./deep",
                "/v1/..",
                "/v1/.",
                "//v1",
                "/v1//deep",
                "/v1%2fdeep",
                "/v1%2Fdeep",
                "/v1/%2e%2e/x",
                "/%76%31",
                "/v1\\deep",
                "/v1%5cdeep",
                "/v%31?q"
            })
    void aPathThatCanBeReadInTwoWaysIsRefusedWhereRoutesAskOfPaths(String path) {
        Answer answer = outpost.ask("paths.test", path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"ambiguous-path\"");
        assertThat(RawHttp.connect("127.0.0.3", outpost.port())
                        .send("GET %s HTTP/1.1\r\nHost: paths.test\r\n\r\n".formatted(path))
                        .body())
                .contains("\"code\":\"default-deny\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x/../v1", "//v1", "/v1%2Fdeep", "/%76", "/a\\b"})
    void elsewhereItGoesOnAsItWasSent(String path) {
        assertThat(outpost.ask("alike.test", path).body()).contains("GET " + path + " HTTP/1.1");
        assertThat(outpost.ask("as-sent.test", path).body()).contains("GET " + path + " HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/a..b", "/v1/.well-known", "/v1/...", "/v1/a%20b", "/v1/%C3%A4", "/v1/a?u=http://x/../%2f"})
    void whatOnlyLooksSoIsNotAmbiguous(String path) {
        assertThat(outpost.ask("paths.test", path).body()).isEqualTo("prefix");
    }

    @Test
    void rulesDecideBeforeRoutes() {
        for (String path : new String[] {"/v1", "/none", "/out"}) {
            for (String host : new String[] {"paths.test", "escaping.test"}) {
                try (var stranger = RawHttp.connect("127.0.0.3", outpost.port())) {
                    Answer answer = stranger.send("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(path, host));

                    assertThat(answer.status()).isEqualTo(403);
                    assertThat(answer.body()).contains("\"rule\":\"sallyport/default-deny\"");
                }
            }
        }
    }

    @Test
    void aRouteThatLeadsWhereRulesDoNotRefuses() {
        Answer answer = outpost.ask("escaping.test", "/out/x");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body())
                .contains("\"code\":\"route-escapes-rules\"", "\"rule\":\"sallyport/route-escapes-rules\"");
        assertThat(outpost.ask("escaping.test", "/else").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "paths.test, /v1/logged, prefix/0/0, edge/some, allowed, answered",
        "paths.test, /logged, , edge/some, allowed, no-route",
        "paths.test, /v1/%2elogged, , sallyport/ambiguous-path, denied, ambiguous-path",
        "escaping.test, /out/logged, astray/0/0, sallyport/route-escapes-rules, denied, route-escapes-rules",
        "alike.test, /logged/on, any/0/0, edge/some, allowed, "
    })
    void logsSayWhatRulesAndRoutesDid(
            String host, String path, String route, String rule, String action, String reason) {
        outpost.ask(host, path);

        await().untilAsserted(() -> assertThat(outpost.log())
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "\"path\":\"" + path + "\"",
                                "\"host\":\"" + host + "\"",
                                route == null ? "\"route\":null" : "\"route\":\"edge/" + route + "\"",
                                "\"rule\":\"" + rule + "\"",
                                "\"action\":\"" + action + "\"",
                                reason == null ? "\"reason\":\"\"" : "\"reason\":\"" + reason + "\"")));
    }

    private static Answer send(String request) {
        try (RawHttp http = outpost.connect()) {
            return http.send(request);
        }
    }
}
