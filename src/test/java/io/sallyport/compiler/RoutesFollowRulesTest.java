package io.sallyport.compiler;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteRuleBuilder.always;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.Sources;
import io.sallyport.testkit.WorkloadBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What rules and workloads change of where routes may lead is taken over without compiling all anew. */
class RoutesFollowRulesTest {
    private static final long SEED = 20_261_125L;
    private static final ResourceName GATEWAY = ResourceName.of("edge", "internet");
    private static final List<Sources> FROM = List.of(
            Sources.everyone(),
            Sources.addresses("10.0.0.0/9"),
            Sources.selecting("app", "one"),
            Sources.selecting("app", "two"));
    private final Random random = new Random(SEED);

    @Test
    void followingIsTheSameAsCompilingAnew() {
        DesiredState state = state(
                aNamespace("edge"),
                aNamespace("shop").cidrs("10.0.0.0/8"),
                aGateway("edge/internet").http("http", 1).permitting("127.0.0.0/8"),
                destination("shop/api", "api.example"),
                destination("shop/next", "a.next.example"),
                destination("shop/wild", "*.next.example"),
                aRoute("shop/r")
                        .ofDestination("api")
                        .with(where(prefix("/a")).to("shop/next"))
                        .with(where(prefix("/b")).mirroredTo("shop/wild"))
                        .with(always().to("shop/api")));
        IncrementalCompiler incremental = new IncrementalCompiler();
        int refused = 0;
        int led = 0;
        for (int round = 2; round < 400; round++) {
            state = state.with(new Revision(round), List.of(new Change.Put(change().build())));

            Snapshot followed = incremental.compile(state, GATEWAY);

            assertThat(followed)
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(new SnapshotCompiler().compile(state, GATEWAY));
            Resource<EgressGateway> gateway = state.gateway(GATEWAY).orElseThrow();
            assertThat(List.copyOf(incremental.escapes(state, gateway)))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(List.copyOf(GatewayCompilation.escapes(state, gateway)));
            for (CompiledRoute route : followed.routes()) {
                refused += route.action() instanceof RouteAction.Refuse ? 1 : 0;
                led += route.action() instanceof RouteAction.Forward ? 1 : 0;
            }
        }
        // Else it would say nothing.
        assertThat(List.of(refused, led)).allMatch(count -> count > 50);
    }

    private ResourceBuilder<?> change() {
        return random.nextInt(4) == 0 ? workload() : rule();
    }

    private WorkloadBuilder workload() {
        int index = random.nextInt(2);
        return aWorkload("shop/w" + index)
                .labelled("app", random.nextBoolean() ? "one" : "two")
                .at("10.0.0.%d/32".formatted(index + 1));
    }

    private RuleBuilder rule() {
        RuleBuilder rule = aRule("shop/r" + random.nextInt(6)).from(FROM.get(random.nextInt(FROM.size())));
        List<String> to = new ArrayList<>(List.of("shop/api", "shop/next", "shop/wild"));
        to.remove(random.nextInt(3));
        to.forEach(rule::to);
        return random.nextInt(5) == 0 ? rule.denying() : rule;
    }

    private static DestinationBuilder destination(String name, String host) {
        return aDestination(name)
                .hosts(host)
                .port(80, Protocol.HTTP)
                .statically()
                .at("127.0.0.1", 1);
    }
}
