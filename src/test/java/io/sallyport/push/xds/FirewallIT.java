package io.sallyport.push.xds;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteMatchBuilder.regex;
import static io.sallyport.testkit.RouteRuleBuilder.always;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RouteBuilder;
import io.sallyport.testkit.RouteRuleBuilder;
import io.sallyport.testkit.RuleBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Envoy whose runtime takes smaller expressions than others do, so that it refuses what passes our checks. */
@RequiresEnvoy
class FirewallIT {
    private static final String FROM = "127.0.0.2";
    private static final String UPSTREAM = "127.9.6.3";
    private static final String STRICT = """
            layered_runtime: {layers: [{name: strict, static_layer: {re2.max_program_size.error_level: 40}}]}
            """;
    private static final String LARGE = "/(one|two|three|four|five|six|seven|eight|nine|ten)/[a-z]+/(x|y|z){1,4}/end";

    @TempDir
    Path folder;

    private final int target = Ports.free();
    private final int listening = Ports.free();
    private final EchoUpstream upstream = EchoUpstream.at(UPSTREAM, target);
    private SmallControlPlane plane;
    private EnvoyProcess envoy;

    @BeforeEach
    void start() {
        plane = new SmallControlPlane(new SnapshotCompiler().compile(with(), Cases.GATEWAY));
        plane.moveTo(with());
        envoy = EnvoyProcess.start(
                        RequiresEnvoy.Condition.binary(),
                        SmallControlPlane.bootstrap(folder, plane.port(), STRICT),
                        folder)
                .awaitLive(Patience.LONG);
        await().ignoreExceptions().until(() -> status("live.test") == 200);
    }

    @AfterEach
    void stop() {
        envoy.close();
        plane.close();
        upstream.close();
    }

    private DesiredState with(ResourceBuilder<?>... more) {
        List<ResourceBuilder<?>> all = new ArrayList<>(List.of(
                aNamespace("edge").cidrs("127.0.0.0/8"),
                aGateway("edge/internet").permitting("127.0.0.0/8").http("http", listening),
                destination("live")));
        all.addAll(List.of(more));
        if (all.stream().noneMatch(RuleBuilder.class::isInstance)) {
            all.add(rule("live"));
        }
        return state(all.toArray(ResourceBuilder<?>[]::new));
    }

    private DestinationBuilder destination(String name) {
        return aDestination("edge/" + name)
                .hosts(name + ".test")
                .port(80, Protocol.HTTP, target)
                .statically()
                .at(UPSTREAM);
    }

    private static RuleBuilder rule(String name) {
        return aRule("edge/to-" + name).tier(Tier.ADMIN).from(everyone()).to("edge/" + name);
    }

    private int status(String host) {
        return RawHttp.get(FROM, listening, host).status();
    }

    @Test
    void theRouteThatItRefusesIsHeldAndWhatElseIsNewOrRevokedIsInEffect() {
        plane.moveTo(with(
                destination("later"),
                rule("later"),
                destination("kept"),
                rule("kept"),
                rule("live"),
                route("kept", where(prefix("/")).to("edge/kept"))));
        await().until(() -> status("kept.test") == 200);

        plane.moveTo(withRoutesWhere(LARGE));

        await().until(() -> status("live.test") == 403);
        await().until(() -> status("later.test") == 200);
        await().untilAsserted(() -> assertThat(plane.held())
                .extracting(held -> held.object().toString())
                .containsExactly("TrafficRoute edge/kept", "TrafficRoute edge/later"));
        assertThat(plane.held().getFirst().reason()).contains("program size").doesNotContain("goo.gle");
        // What its new route would not send on must not pass by the old one.
        assertThat(plane.held().getFirst().instead()).contains("kept.test:80").doesNotContain("later.test");
        assertThat(RawHttp.get(FROM, listening, "kept.test").body()).contains("sallyport/unenforceable");

        plane.moveTo(withRoutesWhere("/small"));

        await().until(() -> status("kept.test") == 404);
        await().until(() -> plane.held().isEmpty());
        await().until(() -> status("later.test") == 200);
    }

    private DesiredState withRoutesWhere(String path) {
        return with(
                destination("later"),
                rule("later"),
                destination("kept"),
                rule("kept"),
                rule("live").denying(),
                route("later", where(regex(path)).to("edge/later"), always().to("edge/later")),
                route("kept", where(regex(path)).to("edge/kept")));
    }

    private static RouteBuilder route(String destination, RouteRuleBuilder... rules) {
        RouteBuilder route = aRoute("edge/" + destination).ofDestination(destination);
        Arrays.stream(rules).forEach(route::with);
        return route;
    }
}
