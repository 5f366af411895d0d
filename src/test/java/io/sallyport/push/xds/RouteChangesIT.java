package io.sallyport.push.xds;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteRuleBuilder.always;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.Flow;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RawHttp.Answer;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RouteRuleBuilder;
import io.sallyport.testkit.TickingUpstream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that change at a real Envoy: no connection notices but by where its requests go. */
@RequiresEnvoy
class RouteChangesIT {
    private static final String FROM = "127.0.0.2";
    private static final String ONE = "127.9.6.1";
    private static final String TWO = "127.9.6.2";

    private static final int MOVES = 12;

    @TempDir
    Path folder;

    private final int target = Ports.free();
    private final int listening = Ports.free();
    private final EchoUpstream one = EchoUpstream.at(ONE, target);
    private final EchoUpstream two = EchoUpstream.at(TWO, target);
    private final TickingUpstream ticking = TickingUpstream.ofHttp();
    private SmallControlPlane plane;
    private EnvoyProcess envoy;

    @BeforeEach
    void start() {
        plane = new SmallControlPlane(leadingTo(always().to("edge/one"), "edge/one", "edge/two"));
        envoy = EnvoyProcess.start(
                        RequiresEnvoy.Condition.binary(), SmallControlPlane.bootstrap(folder, plane.port()), folder)
                .awaitLive(Patience.LONG);
        await().ignoreExceptions()
                .until(() -> RawHttp.get(FROM, listening, "one.test").status() == 200);
    }

    @AfterEach
    void stop() {
        envoy.close();
        plane.close();
        one.close();
        two.close();
        ticking.close();
    }

    @Test
    void anOpenConnectionTakesTheNewWayAndNothingFailsOrDrains() {
        try (var open = RawHttp.connect(FROM, listening);
                Flow flow = Flow.ofHttp(FROM, listening, "ticking.test")) {
            assertThat(open.get("one.test").header("x-upstream")).contains(ONE);
            await().until(() -> flow.bytes() > 60);
            String before = listenerCounters();
            Set<Integer> statuses = new TreeSet<>();

            plane.moveTo(leadingTo(always().to("edge/two").to("edge/three"), "edge/one", "edge/two", "edge/three"));

            Set<String> seen = new TreeSet<>();
            await().pollInterval(Duration.ofMillis(5)).until(() -> {
                Answer answer = open.get("one.test");
                statuses.add(answer.status());
                answer.header("x-upstream").ifPresent(seen::add);
                return seen.contains(TWO);
            });
            long bytes = flow.bytes();
            await().until(() -> flow.bytes() > bytes + 50);
            assertThat(statuses).containsExactly(200);
            assertThat(listenerCounters()).isEqualTo(before);
            assertThat(plane.lastError()).isEmpty();
        }
    }

    @Test
    void aRuleThatGoesClosesTheRouteAtOnceForOpenConnectionsToo() {
        try (var open = RawHttp.connect(FROM, listening)) {
            plane.moveTo(leadingTo(always().to("edge/two"), "edge/one", "edge/two"));
            await().until(() -> open.get("one.test")
                    .header("x-upstream")
                    .filter(TWO::equals)
                    .isPresent());

            plane.moveTo(leadingTo(always().to("edge/two"), "edge/one"));

            await().until(() -> open.get("one.test").status() == 403);
            assertThat(open.get("one.test").body()).contains("\"code\":\"route-escapes-rules\"");
        }
    }

    /** Each time the route leads to a destination that is new, and the one before is gone. */
    @Test
    void whileDestinationsComeAndGoUnderLoadNoRequestIsWithoutARouteOrACluster() throws InterruptedException {
        Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        Thread load = Thread.startVirtualThread(() -> {
            try (var open = RawHttp.connect(FROM, listening)) {
                while (goesOn.get()) {
                    statuses.merge(open.get("one.test").status(), 1, Integer::sum);
                    statuses.merge(RawHttp.get(FROM, listening, "one.test").status(), 1, Integer::sum);
                }
            }
        });

        for (int number = 1; number <= MOVES; number++) {
            String address = number % 2 == 0 ? ONE : TWO;
            plane.moveTo(leadingToNext(number, address));
            await().until(() -> RawHttp.get(FROM, listening, "one.test")
                    .header("x-upstream")
                    .filter(address::equals)
                    .isPresent());
        }
        goesOn.set(false);
        load.join();

        assertThat(statuses).containsOnlyKeys(200);
        String counters = envoy.admin().orElseThrow().get("/stats?filter=%5Ehttp%5C.http%5C.no_(route%7Ccluster)$");
        assertThat(counters.lines()).hasSize(2).allMatch(line -> line.endsWith(": 0"));
        assertThat(plane.lastError()).isEmpty();
    }

    private Snapshot leadingToNext(int number, String address) {
        String next = "edge/next-" + number;
        return new SnapshotCompiler()
                .compile(
                        state(
                                aNamespace("edge").cidrs("127.0.0.0/8"),
                                aGateway("edge/internet")
                                        .permitting("127.0.0.0/8")
                                        .http("http", listening),
                                aDestination("edge/one")
                                        .hosts("one.test")
                                        .port(80, Protocol.HTTP, target)
                                        .statically()
                                        .at(ONE),
                                aDestination(next)
                                        .hosts("next-%d.test".formatted(number))
                                        .port(80, Protocol.HTTP, target)
                                        .statically()
                                        .at(address),
                                aRoute("edge/one").ofDestination("one").with(always().to(next)),
                                rule("edge/one"),
                                rule(next)),
                        Cases.GATEWAY);
    }

    private Snapshot leadingTo(RouteRuleBuilder rule, String... allowed) {
        List<ResourceBuilder<?>> resources = new ArrayList<>(List.of(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet").permitting("127.0.0.0/8").http("http", listening),
                aDestination("edge/one")
                        .hosts("one.test")
                        .port(80, Protocol.HTTP, target)
                        .statically()
                        .at(ONE),
                aDestination("edge/two")
                        .hosts("two.test")
                        .port(80, Protocol.HTTP, target)
                        .statically()
                        .at(TWO),
                aDestination("edge/three")
                        .hosts("three.test")
                        .port(8080, Protocol.HTTP, target)
                        .statically()
                        .at(TWO),
                aDestination("edge/ticking")
                        .hosts("ticking.test")
                        .port(80, Protocol.HTTP, ticking.port())
                        .statically()
                        .at("127.0.0.1"),
                aRoute("edge/ticking").ofDestination("ticking").with(always()),
                aRoute("edge/one").ofDestination("one").with(rule)));
        resources.add(rule("edge/ticking"));
        Arrays.stream(allowed).map(RouteChangesIT::rule).forEach(resources::add);
        return new SnapshotCompiler().compile(state(resources.toArray(ResourceBuilder<?>[]::new)), Cases.GATEWAY);
    }

    private static ResourceBuilder<?> rule(String destination) {
        return aRule("edge/to-" + destination.substring("edge/".length()))
                .tier(Tier.ADMIN)
                .from(everyone())
                .to(destination);
    }

    private String listenerCounters() {
        return envoy.admin()
                .orElseThrow()
                .get("/stats?filter=listener_manager.listener_(added%7Cmodified%7Cremoved%7Cin_place_updated)");
    }
}
