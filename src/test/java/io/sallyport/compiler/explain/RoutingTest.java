package io.sallyport.compiler.explain;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.anything;
import static io.sallyport.testkit.RouteMatchBuilder.call;
import static io.sallyport.testkit.RouteMatchBuilder.path;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteMatchBuilder.regex;
import static io.sallyport.testkit.RouteRuleBuilder.always;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Reply;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.testkit.RouteBuilder;
import io.sallyport.testkit.RouteMatchBuilder;
import io.sallyport.testkit.Sources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {
    private static final Instant NOON = Instant.parse("2030-06-01T12:00:00Z");
    private static final Map<String, RouteMatchBuilder> MATCHES = Map.ofEntries(
            Map.entry("exact", path("/a/b")),
            Map.entry("prefix", prefix("/a/")),
            Map.entry("regex", regex("/[a-z]+")),
            Map.entry("header", anything().header("x-h", "v")),
            Map.entry("not-header", anything().header("x-h", new ValueMatch.Exact("v"), true)),
            Map.entry("has-header", anything().header("x-h", new ValueMatch.Present(), false)),
            Map.entry("no-header", anything().header("x-h", new ValueMatch.Present(), true)),
            Map.entry("query", anything().query("q", new ValueMatch.Regex("[0-9]+"), false)),
            Map.entry("not-query", anything().query("q", new ValueMatch.Exact("2"), true)),
            Map.entry("method", anything().method("PUT")),
            Map.entry("grpc", call("s.S", "M")));

    @ParameterizedTest
    @CsvSource({
        "exact, /a/b, , true",
        "exact, /a/b?c=d, , true",
        "exact, /a/b/, , false",
        "exact, /A/b, , false",
        "prefix, /a, , true",
        "prefix, /a/, , true",
        "prefix, /a/b, , true",
        "prefix, /a?b, , true",
        "prefix, /ab, , false",
        "regex, /ab, , true",
        "regex, /ab/c, , false",
        "regex, /ab?c=d, , true",
        "header, /, x-h=v, true",
        "header, /, x-h=V, false",
        "header, /, , false",
        "header, /, x-h=w|v, true",
        "header, /, 'x-h=w,v', false",
        "not-header, /, x-h=w|v, false",
        "not-header, /, x-h=v, false",
        "not-header, /, , true",
        "has-header, /, x-h=, true",
        "has-header, /, , false",
        "no-header, /, , true",
        "no-header, /, x-h=v, false",
        "query, /?q=1&q=x, , true",
        "query, /?q=x&q=1, , false",
        "query, /?Q=1, , false",
        "query, /, , false",
        "not-query, /?q=1, , true",
        "method, /, , false",
        "grpc, /s.S/M, content-type=application/grpc+proto, true",
        "grpc, /s.S/M, content-type=application/json, false",
        "grpc, /s.S/M, , false"
    })
    void aRouteIsTakenByWhatItMatches(String match, String path, @Nullable String header, boolean isTaken) {
        Verdict verdict = ask(evaluator(requireNonNull(MATCHES.get(match))), path, header);

        assertThat(verdict.routing()).isInstanceOf(isTaken ? Routing.Taken.class : Routing.NoRoute.class);
        assertThat(verdict.reply()).isEqualTo(isTaken ? new Reply.Status(299, "") : new Reply.Status(404, "no-route"));
    }

    @ParameterizedTest
    @CsvSource({"/a%2fb", "//a", "/a/./b", "/a/..", "/%61", "/a\\b"})
    void anAmbiguousPathIsRefusedOnlyWhereRoutesAskOfPaths(String path) {
        Verdict asking = ask(evaluator(prefix("/a")), path, null);
        Verdict notAsking = ask(evaluator(anything()), path, null);

        assertThat(asking.routing()).isEqualTo(new Routing.AmbiguousPath());
        assertThat(asking.name()).isEqualTo("sallyport/ambiguous-path");
        assertThat(asking.ruling().admittedBy()).containsExactly("shop/allow");
        assertThat(asking.reply()).isEqualTo(new Reply.Status(400, "ambiguous-path"));
        assertThat(notAsking.reply()).isEqualTo(new Reply.Status(299, ""));
    }

    @Test
    void aRouteThatLeadsWhereRulesDoNotIsRefused() {
        Evaluator evaluator = evaluator(aRoute("shop/r").ofDestination("api").with(always().to("shop/next")));

        Verdict verdict = ask(evaluator, "/", null);

        assertThat(verdict.name()).isEqualTo("sallyport/route-escapes-rules");
        assertThat(verdict.reply()).isEqualTo(new Reply.Status(403, "route-escapes-rules"));
    }

    @Test
    void rulesDecideBeforeRoutes() {
        Verdict verdict = evaluator(prefix("/a"))
                .decide(new Question(
                        new Name("http"),
                        Peer.at(new IpAddress("192.0.2.1")),
                        new Approach.HttpRequest("api.example", "GET", "//"),
                        NOON));

        assertThat(verdict.name()).isEqualTo("sallyport/default-deny");
    }

    // Lines of one header have a bar between.
    private static Verdict ask(Evaluator evaluator, String path, @Nullable String header) {
        TreeMap<String, String> headers = new TreeMap<>();
        if (header != null) {
            String[] parts = header.split("=", 2);
            headers.put(parts[0], parts[1].replace('|', '\n'));
        }
        return evaluator.decide(new Question(
                new Name("http"),
                Peer.at(new IpAddress("10.0.0.2")),
                new Approach.HttpRequest("api.example", "GET", path, List.of(), headers),
                NOON));
    }

    private static Evaluator evaluator(RouteMatchBuilder match) {
        return evaluator(aRoute("shop/r").ofDestination("api").with(where(match).answering(299, "")));
    }

    private static Evaluator evaluator(RouteBuilder route) {
        return new Evaluator(new SnapshotCompiler()
                .compile(
                        state(
                                aNamespace("edge"),
                                aNamespace("shop").cidrs("10.0.0.0/8"),
                                aGateway("edge/internet").http("http", 1).permitting("127.0.0.0/8"),
                                aDestination("shop/api")
                                        .hosts("api.example")
                                        .port(80, Protocol.HTTP)
                                        .statically()
                                        .at("127.0.0.1", 1),
                                aDestination("shop/next")
                                        .hosts("next.example")
                                        .port(80, Protocol.HTTP)
                                        .statically()
                                        .at("127.0.0.1", 2),
                                aRule("shop/allow").from(Sources.everyone()).to("shop/api"),
                                route),
                        ResourceName.of("edge", "internet")));
    }
}
