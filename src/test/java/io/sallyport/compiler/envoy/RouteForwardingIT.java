package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.CompiledRouteBuilder.aCompiledRoute;
import static io.sallyport.testkit.CompiledRouteBuilder.percent;
import static io.sallyport.testkit.CompiledRouteBuilder.routed;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.HeaderEdits.Header;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RouteFilter.Abort;
import io.sallyport.domain.route.RouteFilter.Delay;
import io.sallyport.domain.route.RouteFilter.Fault;
import io.sallyport.domain.route.RouteFilter.Redirect;
import io.sallyport.domain.route.RouteFilter.Scheme;
import io.sallyport.domain.route.RouteTimeouts;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.NameServer;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.RawHttp.Answer;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.WebUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a request that a route means: where it goes, as what, and what is answered. */
@RequiresEnvoy
class RouteForwardingIT {
    private static final String ONE = "127.9.1.1";
    private static final String TWO = "127.9.1.2";
    private static final String THREE = "127.9.1.3";

    @TempDir
    static Path folder;

    private static final int PORT = Ports.free();
    private static final EchoUpstream FIRST = EchoUpstream.at(ONE, PORT);
    private static final EchoUpstream SECOND = EchoUpstream.at(TWO, PORT);
    private static final EchoUpstream THIRD = EchoUpstream.at(THREE, PORT);
    private static final int WEB_PORT = Ports.free();
    private static final WebUpstream WEB = WebUpstream.at(ONE, WEB_PORT).failingAt("/failing");
    private static final WebUpstream COPIES = WebUpstream.at(TWO, WEB_PORT);
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
        FIRST.close();
        SECOND.close();
        THIRD.close();
        WEB.close();
        COPIES.close();
    }

    private static Snapshot snapshot(int listening) {
        Snapshot plain = new SnapshotCompiler()
                .compile(
                        state(
                                aNamespace("edge").cidrs("127.0.0.0/8"),
                                aGateway("edge/internet")
                                        .permitting(Outpost.INTERNET)
                                        .http("http", listening),
                                aDestination("edge/one")
                                        .hosts("split.test", "edits.test", "answers.test")
                                        .port(80, Protocol.HTTP, PORT)
                                        .statically()
                                        .at(ONE),
                                aDestination("edge/two")
                                        .hosts("two.test")
                                        .port(80, Protocol.HTTP, PORT)
                                        .statically()
                                        .at(TWO),
                                aDestination("edge/versions")
                                        .hosts("versions.test")
                                        .port(80, Protocol.HTTP, PORT)
                                        .statically()
                                        .at(ONE, PORT, 1, "", "v", "1")
                                        .at(TWO, PORT, 1, "", "v", "2")
                                        .at(THREE, PORT, 1, "", "v", "2")
                                        .subset("old", "v", "1")
                                        .subset("new", "v", "2"),
                                aDestination("edge/web")
                                        .hosts("web.test")
                                        .port(80, Protocol.HTTP, WEB_PORT)
                                        .statically()
                                        .at(ONE),
                                aDestination("edge/copies")
                                        .hosts("copies.test")
                                        .port(80, Protocol.HTTP, WEB_PORT)
                                        .statically()
                                        .at(TWO, WEB_PORT, 1, "", "v", "2")
                                        .subset("two", "v", "2"),
                                aRule("edge/all")
                                        .tier(Tier.ADMIN)
                                        .from(everyone())
                                        .to("edge/one")
                                        .to("edge/two")
                                        .to("edge/versions")
                                        .to("edge/web")
                                        .to("edge/copies")),
                        Cases.GATEWAY);
        return web(answers(edits(splits(plain))));
    }

    private static Snapshot splits(Snapshot snapshot) {
        return routed(
                snapshot,
                "split.test",
                aCompiledRoute("edge/subset").below("/new").toSubset("edge/versions/80", "new"),
                aCompiledRoute("edge/whole").below("/whole").to("edge/versions/80"),
                aCompiledRoute("edge/weighted")
                        .to("edge/one/80", 1)
                        .to("edge/two/80", 1)
                        .to("edge/versions/80", 0));
    }

    private static Snapshot edits(Snapshot snapshot) {
        return routed(
                snapshot,
                "edits.test",
                aCompiledRoute("edge/host").below("/host").sendingAs("two.test").to("edge/two/80"),
                aCompiledRoute("edge/prefix")
                        .below("/prefix")
                        .rewriting(new PathRewrite.Prefix("/new/"))
                        .to("edge/one/80"),
                aCompiledRoute("edge/cut")
                        .below("/cu.t")
                        .rewriting(new PathRewrite.Prefix("/"))
                        .to("edge/one/80"),
                aCompiledRoute("edge/full")
                        .below("/full")
                        .rewriting(new PathRewrite.Full("/a\\1/b"))
                        .to("edge/one/80"),
                aCompiledRoute("edge/headers")
                        .below("/headers")
                        .editingRequest(new HeaderEdits(
                                List.of(new Header("x-set", "%REQ(x-sallyport-destination)%"), new Header("via", "us")),
                                List.of(new Header("x-add", "100%")),
                                List.of("x-secret")))
                        .editingResponse(new HeaderEdits(
                                List.of(new Header("x-upstream", "hidden")),
                                List.of(new Header("x-answered", "by us")),
                                List.of("content-type")))
                        .to("edge/one/80"),
                aCompiledRoute("edge/everything")
                        .rewriting(new PathRewrite.Prefix("/below"))
                        .to("edge/one/80"));
    }

    private static Snapshot answers(Snapshot snapshot) {
        return routed(
                snapshot,
                "answers.test",
                aCompiledRoute("edge/teapot")
                        .below("/pot")
                        .answering(418, "{\"pot\":\"100%\"}", "application/json")
                        .editingResponse(new HeaderEdits(List.of(new Header("x-pot", "1")), List.of(), List.of())),
                aCompiledRoute("edge/nothing").below("/nothing").answering(204, "", ""),
                aCompiledRoute("edge/secure")
                        .below("/secure")
                        .redirecting(redirect(List.of(Scheme.HTTPS), List.of(), List.of(), List.of(), 301)),
                aCompiledRoute("edge/moved")
                        .below("/moved")
                        .redirecting(redirect(
                                List.of(),
                                List.of(new HostPattern("other.test")),
                                List.of(new PortNumber(8080)),
                                List.of(new PathRewrite.Prefix("/here")),
                                308)),
                aCompiledRoute("edge/full")
                        .below("/all")
                        .redirecting(redirect(
                                List.of(Scheme.HTTPS),
                                List.of(new HostPattern("other.test")),
                                List.of(),
                                List.of(new PathRewrite.Full("/home")),
                                303)),
                aCompiledRoute("edge/broken")
                        .below("/broken")
                        .failing(new Fault(List.of(), List.of(new Abort(503, percent(100)))))
                        .to("edge/one/80"),
                aCompiledRoute("edge/late")
                        .below("/late")
                        .failing(new Fault(List.of(new Delay(Duration.ofMillis(20), percent(100))), List.of()))
                        .to("edge/one/80"),
                aCompiledRoute("edge/lucky")
                        .below("/lucky")
                        .failing(new Fault(List.of(), List.of(new Abort(503, percent(0)))))
                        .to("edge/one/80"));
    }

    private static Redirect redirect(
            List<Scheme> scheme, List<HostPattern> host, List<PortNumber> port, List<PathRewrite> path, int status) {
        return new Redirect(scheme, host, port, path, status);
    }

    private static Snapshot web(Snapshot snapshot) {
        return routed(
                snapshot,
                "web.test",
                aCompiledRoute("edge/timeout")
                        .exactly("/waiting")
                        .header("x-bound", new ValueMatch.Exact("request"))
                        .within(new RouteTimeouts(Duration.ofMillis(100), Duration.ZERO, Duration.ZERO))
                        .editingResponse(new HeaderEdits(List.of(new Header("x-edited", "1")), List.of(), List.of()))
                        .to("edge/web/80"),
                aCompiledRoute("edge/idle")
                        .exactly("/waiting")
                        .header("x-bound", new ValueMatch.Exact("idle"))
                        .within(new RouteTimeouts(Duration.ZERO, Duration.ZERO, Duration.ofMillis(200)))
                        .to("edge/web/80"),
                aCompiledRoute("edge/attempts")
                        .exactly("/waiting")
                        .within(new RouteTimeouts(Duration.ZERO, Duration.ofMillis(100), Duration.ZERO))
                        .to("edge/web/80"),
                aCompiledRoute("edge/again")
                        .exactly("/failing")
                        .retrying(new RetryPolicy(
                                2,
                                List.of(RetryPolicy.Condition.SERVER_ERROR),
                                List.of(),
                                Duration.ZERO,
                                new RetryPolicy.BackOff(Duration.ofMillis(1), Duration.ofMillis(2)),
                                List.of(new RetryPolicy.Budget(percent(100), 10))))
                        .to("edge/web/80"),
                aCompiledRoute("edge/copied")
                        .below("/copied")
                        .mirroring("edge/copies/80", 100)
                        .to("edge/web/80"),
                aCompiledRoute("edge/copied-part")
                        .below("/part")
                        .mirroringSubset("edge/copies/80", "two")
                        .to("edge/web/80"),
                aCompiledRoute("edge/kept")
                        .below("/kept")
                        .mirroring("edge/copies/80", 0)
                        .to("edge/web/80"));
    }

    @Test
    void requestsAreSplitByWeight() {
        assertThat(upstreams("/")).containsExactly(ONE, TWO);
    }

    @Test
    void aSubsetIsNeverLeft() {
        assertThat(upstreams("/new")).containsExactly(TWO, THREE);
        assertThat(upstreams("/whole")).containsExactly(ONE, TWO, THREE);
    }

    private static Set<String> upstreams(String path) {
        var seen = new TreeSet<String>();
        IntStream.range(0, 40)
                .forEach(request ->
                        outpost.ask("split.test", path).header("x-upstream").ifPresent(seen::add));
        return seen;
    }

    @Test
    void anotherHostIsSentWhereTheRouteSaysSo() {
        Answer answer = outpost.ask("edits.test", "/host");

        assertThat(answer.header("x-upstream")).contains(TWO);
        assertThat(answer.body()).contains("host: two.test").doesNotContain("edits.test");
    }

    @ParameterizedTest
    @CsvSource({
        "/prefix, /new",
        "/prefix/, /new/",
        "/prefix/a?b=%2F, /new/a?b=%2F",
        "/cu.t, /",
        "/cu.t/, /",
        "/cu.t/a, /a",
        "/full, /a\\1/b",
        "/full/x?y, /a\\1/b?y",
        "/other, /below/other",
        "/, /below/",
        "/?x, /below/?x"
    })
    void anotherPathIsSentWhereTheRouteSaysSo(String asked, String sent) {
        assertThat(outpost.ask("edits.test", asked).body()).startsWith("GET " + sent + " HTTP/1.1\n");
    }

    @Test
    void headersAreChangedAsWrittenAndNothingOfOursIsSaid() {
        Answer answer;
        try (var http = outpost.connect()) {
            answer = http.send(
                    "GET /headers HTTP/1.1\r\nHost: edits.test\r\nx-secret: 1\r\nx-set: old\r\nx-add: 99%\r\nVia: them\r\n\r\n");
        }

        assertThat(answer.body())
                .contains("x-set: %REQ(x-sallyport-destination)%\n", "x-add: 99%\n", "x-add: 100%\n", "via: us\n")
                .doesNotContain("x-secret", "old", "them")
                .doesNotContainIgnoringCase("x-envoy", "x-forwarded");
        assertThat(answer.header("x-upstream")).contains("hidden");
        assertThat(answer.header("x-answered")).contains("by us");
    }

    @Test
    void aTimeOfTheRouteBoundsTheRequestAndEachAttempt() {
        Answer whole = outpost.connect().send("GET /waiting HTTP/1.1\r\nHost: web.test\r\nx-bound: request\r\n\r\n");
        Answer attempt = outpost.ask("web.test", "/waiting");

        assertThat(whole.status()).isEqualTo(504);
        assertThat(whole.body()).contains("\"code\":\"upstream-timeout\"");
        assertThat(whole.header("x-edited")).contains("1");
        assertThat(attempt.status()).isEqualTo(504);
        assertThat(attempt.body()).contains("\"code\":\"upstream-timeout\"");
    }

    @Test
    void whatIsIdleForLongerThanTheRouteAllowsEnds() {
        Answer answer = outpost.connect().send("GET /waiting HTTP/1.1\r\nHost: web.test\r\nx-bound: idle\r\n\r\n");

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.body()).contains("\"code\":\"idle-timeout\"");
    }

    @Test
    void whatFailsIsSentAgainAsOftenAsTheRouteSays() {
        assertThat(outpost.ask("web.test", "/failing").status()).isEqualTo(500);

        assertThat(WEB.asked().stream().filter("web.test/failing"::equals)).hasSize(3);
    }

    @Test
    void copiesAreSentAsTheRequestIs() {
        assertThat(outpost.ask("web.test", "/copied").body()).isEqualTo(ONE);
        assertThat(outpost.ask("web.test", "/part").body()).isEqualTo(ONE);
        assertThat(outpost.ask("web.test", "/kept").body()).isEqualTo(ONE);

        await().untilAsserted(() -> assertThat(COPIES.asked()).contains("web.test/copied", "web.test/part"));
        assertThat(COPIES.asked()).doesNotContain("web.test/kept");
    }

    @ParameterizedTest
    @CsvSource({
        "answers.test, /secure/x?y=1, 301, https://answers.test:443/secure/x?y=1",
        "answers.test:80, /secure, 301, https://answers.test:443/secure",
        "answers.test, /moved/x?y=1, 308, http://other.test:8080/here/x?y=1",
        "answers.test, /all/x?y=1, 303, https://other.test:443/home?y=1"
    })
    void aRedirectSaysWhereItIs(String host, String path, int status, String location) {
        Answer answer = outpost.ask(host, path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("location")).contains(location);
    }

    @Test
    void aRouteAnswersWithWhatItIsTold() {
        Answer answer = outpost.ask("answers.test", "/pot");

        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.body()).isEqualTo("{\"pot\":\"100%\"}");
        assertThat(answer.header("content-type")).contains("application/json");
        assertThat(answer.header("x-pot")).contains("1");
        try (var http = outpost.connect()) {
            assertThat(http.sendHead("GET /nothing HTTP/1.1\r\nHost: answers.test\r\n\r\n"))
                    .startsWith("HTTP/1.1 204");
        }
    }

    @Test
    void faultsComeAsOftenAsTheRouteSays() {
        Answer broken = outpost.ask("answers.test", "/broken");

        assertThat(broken.status()).isEqualTo(503);
        assertThat(broken.body()).contains("\"code\":\"injected-fault\"");
        assertThat(outpost.ask("answers.test", "/lucky").status()).isEqualTo(200);
        assertThat(outpost.ask("answers.test", "/late").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "answers.test | /broken/logged | broken | \"reason\":\"injected-fault\"",
                "answers.test | /late/logged | late | \"flags\":\"DI\"",
                "answers.test | /moved/logged | moved | \"askedPath\":\"/moved/logged\"",
                "answers.test | /moved/logged | moved | \"reason\":\"answered\"",
                "edits.test | /headers/logged | headers | \"askedPath\":null",
                "edits.test | /prefix/logged | prefix | \"askedPath\":\"/prefix/logged\"",
                "edits.test | /prefix/logged | prefix | \"cluster\":\"edge/one/80\"",
                "edits.test | /host/logged | host | \"askedHost\":\"edits.test\"",
                "edits.test | /host/logged | host | \"cluster\":\"edge/two/80\""
            })
    void logsSayTheRouteAndWhatWasAskedFor(String host, String path, String route, String more) {
        outpost.ask(host, path);

        await().untilAsserted(() -> assertThat(outpost.log()
                        .filter(line -> line.contains("/logged\"") && line.contains("\"edge/" + route + "/0/0\""))
                        .toList())
                .anySatisfy(
                        line -> assertThat(line).contains("\"rule\":\"edge/all\"", "\"action\":\"allowed\"", more)));
    }
}
