package io.sallyport.compiler;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.anything;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Approach.HttpRequest;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RouteBuilder;
import io.sallyport.testkit.RouteMatchBuilder;
import io.sallyport.testkit.RouteRuleBuilder;
import io.sallyport.testkit.Sources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The route that is taken, against a reading of Gateway API that compares every match with every other. */
class RoutePrecedencePropertyTest {
    private static final long SEED = 20_261_125L;
    private static final int STATES = 300;
    private static final int REQUESTS = 40;
    private static final List<String> HOSTS = List.of("a.x.example", "b.x.example", "a.y.x.example", "z.example");
    private static final List<String> PATHS = List.of("/", "/a", "/a/b", "/a/b/c", "/ab", "/b");
    private final Random random = new Random(SEED);

    @Test
    void theMostSpecificMatchIsTakenWhateverTheOrderOfWriting() {
        int taken = 0;
        for (int round = 0; round < STATES; round++) {
            DesiredState state = randomState();
            var evaluator = new Evaluator(new SnapshotCompiler().compile(state, ResourceName.of("edge", "internet")));
            var reference = new ReferenceRoute(state);
            for (int ask = 0; ask < REQUESTS; ask++) {
                HttpRequest request = randomRequest();
                Routing routing = evaluator
                        .decide(new Question(
                                new Name("http"), Peer.at(new IpAddress("10.0.0.1")), request, Instant.EPOCH))
                        .routing();

                assertThat(text(routing))
                        .as("seed %d, state %d, %s", SEED, round, request)
                        .isEqualTo(reference.of(request));
                taken += routing instanceof Routing.Taken ? 1 : 0;
            }
        }
        // Else it would say nothing.
        assertThat(taken).isGreaterThan(STATES * REQUESTS / 10);
    }

    private static String text(Routing routing) {
        return switch (routing) {
            case Routing.ToOwner owner -> "owner";
            case Routing.NoRoute none -> "none";
            case Routing.AmbiguousPath ambiguous -> "ambiguous";
            case Routing.Taken taken ->
                "%s %d %d"
                        .formatted(
                                taken.route().route(),
                                taken.route().rule(),
                                taken.route().match());
        };
    }

    private DesiredState randomState() {
        List<ResourceBuilder<?>> all = new ArrayList<>(List.of(
                aNamespace("edge").cidrs("10.0.0.0/8"),
                aGateway("edge/internet").http("http", 1).permitting("127.0.0.0/8"),
                aDestination("edge/wild")
                        .hosts("*.x.example")
                        .port(80, Protocol.HTTP)
                        .port(81, Protocol.HTTP)
                        .statically()
                        .at("127.0.0.1", 1),
                aDestination("edge/one")
                        .hosts("b.x.example", "z.example")
                        .port(80, Protocol.HTTP)
                        .statically()
                        .at("127.0.0.1", 1),
                aRule("edge/all").from(Sources.everyone()).to("edge/wild").to("edge/one")));
        for (int index = 0; index < 1 + random.nextInt(4); index++) {
            all.add(randomRoute("edge/r" + index));
        }
        return state(all.toArray(ResourceBuilder<?>[]::new));
    }

    private RouteBuilder randomRoute(String name) {
        RouteBuilder route = aRoute(name);
        switch (random.nextInt(4)) {
            case 0 -> route.ofGateway("internet");
            case 1 -> route.ofDestination("wild");
            case 2 -> route.ofDestination("wild", 81);
            default -> route.ofDestination("one").ofListener("internet", random.nextBoolean() ? "http" : "other");
        }
        switch (random.nextInt(4)) {
            case 0 -> route.forHosts("*.x.example");
            case 1 -> route.forHosts("a.x.example", "*.y.x.example");
            case 2 -> route.forHosts("*.example");
            default -> route.forHosts();
        }
        for (int index = 0; index < 1 + random.nextInt(3); index++) {
            RouteMatchBuilder[] matches = new RouteMatchBuilder[random.nextInt(3)];
            for (int match = 0; match < matches.length; match++) {
                matches[match] = randomMatch();
            }
            RouteRuleBuilder rule = where(matches).answering(200, "");
            route.with(rule);
        }
        return route;
    }

    private RouteMatchBuilder randomMatch() {
        RouteMatchBuilder match = anything();
        switch (random.nextInt(6)) {
            case 0 -> match.at(new PathMatch.Exact(one(PATHS)));
            case 1, 2 -> match.at(new PathMatch.Prefix(one(PATHS)));
            case 3 -> match.at(new PathMatch.Regex(one(List.of("/a.*", "/[ab]", "/.*b.*"))));
            default -> {}
        }
        if (random.nextInt(4) == 0) {
            match.method(one(List.of("GET", "PUT")));
        }
        for (String header : List.of("h", "i")) {
            if (random.nextInt(4) == 0) {
                match.header(header, new ValueMatch.Exact("1"), random.nextBoolean());
            }
        }
        if (random.nextInt(4) == 0) {
            match.query("q", new ValueMatch.Present(), random.nextBoolean());
        }
        if (random.nextInt(6) == 0) {
            match.port(80);
        }
        return match;
    }

    private HttpRequest randomRequest() {
        TreeMap<String, String> headers = new TreeMap<>();
        for (String header : List.of("h", "i")) {
            if (random.nextBoolean()) {
                headers.put(header, one(List.of("1", "2")));
            }
        }
        return new HttpRequest(
                one(HOSTS) + one(List.of("", ":80", ":81")),
                one(List.of("GET", "PUT", "POST")),
                one(PATHS) + one(List.of("", "?q", "?p=q")),
                List.of(),
                headers);
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
