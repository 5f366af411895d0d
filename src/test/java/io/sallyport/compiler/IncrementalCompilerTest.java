package io.sallyport.compiler;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static io.sallyport.testkit.Sources.selecting;
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.WorkloadBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

// Whether something was made again shows in its identity alone.
@SuppressWarnings("ReferenceEquality")
class IncrementalCompilerTest {
    private static final ResourceName GATEWAY = ResourceName.of("edge", "internet");
    private static final int HOSTS = 200;

    private final IncrementalCompiler compiler = new IncrementalCompiler();
    private final EnvoyCompiler envoy = new EnvoyCompiler();
    private final DesiredState state = DesiredState.of(new Revision(1), resources());

    @Test
    void aChangedRuleLeavesTheEntriesOfAllOtherHostsAsTheyAre() {
        Snapshot before = compiler.compile(state, GATEWAY);
        Snapshot after = compiler.compile(changed(rule(7, "10.9.9.0/24")), GATEWAY);
        assertThat(newHosts(before, after)).containsExactly("h7.example");
        assertThat(after.hasContentOf(before)).isFalse();
    }

    @Test
    void aChangedRuleMakesOneBucketAndTheTablesOfSourcesAnew() {
        EnvoySnapshot before = envoy.compile(compiler.compile(state, GATEWAY));
        Snapshot target = compiler.compile(changed(rule(7, "10.9.9.0/24")), GATEWAY);
        EnvoySnapshot after = envoy.compile(target, List.of(before));
        assertThat(made(before, after))
                .hasSize(3)
                .contains("http/addresses", "http/identities")
                .anyMatch(name -> name.contains("/rules/"));
        assertThat(after).isEqualTo(envoy.compile(target));
    }

    @Test
    void aRuleThatIsGoneTakesItsClassAlong() {
        compiler.compile(state, GATEWAY);
        Snapshot after = compiler.compile(
                state.with(
                        new Revision(2),
                        List.of(new Change.Delete(rule(7, "10.0.7.0/24").build().key()))),
                GATEWAY);
        assertThat(after.sources()).hasSize(HOSTS - 1);
        assertThat(after).isEqualTo(new SnapshotCompiler().compile(after(after, state), GATEWAY));
    }

    @Test
    void aRelabelledWorkloadLeavesTheEntriesOfAllHostsAsTheyAre() {
        DesiredState bySelector =
                changed(aRule("edge/r7").from(selecting("app", "a")).to("edge/d7"), workload("a"));
        Snapshot before = compiler.compile(bySelector, GATEWAY);

        DesiredState relabelled = bySelector.with(
                new Revision(3), List.of(new Change.Put(workload("b").build())));
        Snapshot after = compiler.compile(relabelled, GATEWAY);

        assertThat(newHosts(before, after)).isEmpty();
        assertThat(after.sources()).isNotEqualTo(before.sources());
        assertThat(after).isEqualTo(new SnapshotCompiler().compile(relabelled, GATEWAY));
        EnvoySnapshot held = envoy.compile(before);
        assertThat(made(held, envoy.compile(after, List.of(held)))).containsExactly("http/identities");
    }

    @Test
    void aDeniedWorkloadThatBecomesUnrecognisableIsDeniedWithEveryoneElse() {
        RuleBuilder denial =
                aRule("edge/r7").denying().from(selecting("app", "a")).to("edge/d7");
        DesiredState recognised = changed(denial, workload("a"));
        Snapshot before = compiler.compile(recognised, GATEWAY);

        DesiredState hidden = recognised.with(
                new Revision(3),
                List.of(new Change.Put(aWorkload("edge/w")
                        .labelled("app", "a")
                        .certifiedAs("spiffe://corp/w")
                        .build())));
        Snapshot after = compiler.compile(hidden, GATEWAY);

        assertThat(newHosts(before, after)).containsExactly("h7.example");
        assertThat(after).isEqualTo(new SnapshotCompiler().compile(hidden, GATEWAY));
    }

    private static WorkloadBuilder workload(String label) {
        return aWorkload("edge/w").labelled("app", label).at("10.9.9.9/32");
    }

    @Test
    void aRuleThatSelectsItsDestinationsIsCompiledForThoseAlone() {
        compiler.compile(state, GATEWAY);
        Snapshot before = compiler.compile(changed(rule(3, "10.0.3.0/24")), GATEWAY);

        Snapshot after = compiler.compile(
                changed(aRule("edge/s").from(addresses("10.9.9.0/24")).toLabelled("number", "7")), GATEWAY);

        assertThat(newHosts(before, after)).containsExactlyInAnyOrder("h3.example", "h7.example");
    }

    @Test
    void aGatewayThatIsGoneIsNotCompiled() {
        compiler.compile(state, GATEWAY);
        DesiredState without = state.with(
                new Revision(2),
                List.of(new Change.Delete(state.gateway(GATEWAY).orElseThrow().key())));
        assertThatThrownBy(() -> compiler.compile(without, GATEWAY)).isInstanceOf(IllegalArgumentException.class);
    }

    private static DesiredState after(Snapshot snapshot, DesiredState state) {
        return state.with(
                snapshot.version().revision(),
                List.of(new Change.Delete(rule(7, "10.0.7.0/24").build().key())));
    }

    private DesiredState changed(ResourceBuilder<?>... written) {
        return state.with(
                new Revision(2),
                Arrays.stream(written)
                        .<Change>map(builder -> new Change.Put(builder.build()))
                        .toList());
    }

    private static List<String> newHosts(Snapshot before, Snapshot after) {
        List<HostEntry> old = before.listeners().getFirst().hosts();
        List<HostEntry> now = after.listeners().getFirst().hosts();
        return IntStream.range(0, now.size())
                .filter(place -> old.get(place) != now.get(place))
                .mapToObj(place -> now.get(place).host().value())
                .toList();
    }

    private static List<String> made(EnvoySnapshot before, EnvoySnapshot after) {
        return after.resources().entrySet().stream()
                .flatMap(type -> type.getValue().values().stream())
                .filter(resource -> before.ofType(resource.type()).get(resource.name()) != resource)
                .map(EnvoyResource::name)
                .toList();
    }

    private static List<Resource<?>> resources() {
        List<Resource<?>> resources = new ArrayList<>();
        resources.add(aNamespace("edge").cidrs("10.0.0.0/8").build());
        resources.add(aGateway("edge/internet").buckets(16).http("http", 10080).build());
        for (int host = 0; host < HOSTS; host++) {
            resources.add(aDestination("edge/d" + host)
                    .hosts("h" + host + ".example")
                    .labelled("number", String.valueOf(host))
                    .port(80, Protocol.HTTP)
                    .statically()
                    .at("203.0.113.1")
                    .build());
            resources.add(rule(host, "10.0." + host + ".0/24").build());
        }
        return resources;
    }

    private static RuleBuilder rule(int host, String range) {
        return aRule("edge/r" + host).from(addresses(range)).to("edge/d" + host);
    }
}
