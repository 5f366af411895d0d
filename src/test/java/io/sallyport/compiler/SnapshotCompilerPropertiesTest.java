package io.sallyport.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.testkit.RandomRequest;
import io.sallyport.testkit.RandomState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds on any state; a failure prints the seed that made it. */
class SnapshotCompilerPropertiesTest {
    private static final ResourceName GATEWAY = RandomState.GATEWAYS.getFirst();

    private static final int STATES = 100;
    private static final Set<Kind> FOLLOWED = Set.of(Kind.EGRESS_RULE, Kind.WORKLOAD, Kind.ROLE_BINDING);

    private final SnapshotCompiler compiler = new SnapshotCompiler();

    static LongStream seeds() {
        return LongStream.range(0, STATES);
    }

    static LongStream fewSeeds() {
        return LongStream.range(0, STATES / 5);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSnapshotDecidesAsTheMeaningOfRulesSays(long seed) {
        Random random = new Random(seed);
        RandomState states = new RandomState(random);
        DesiredState state = states.state();
        ReferenceDecision reference = new ReferenceDecision(state, GATEWAY);
        SnapshotDecision decision = new SnapshotDecision(compiler.compile(state, GATEWAY));

        RandomRequest requests = new RandomRequest(random);
        for (int round = 0; round < 100; round++) {
            Question request = requests.to(state.gateway(GATEWAY).orElseThrow().spec());
            assertThat(decision.decide(request)).as("%s", request).isEqualTo(reference.decide(request));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theOrderOfResourcesDoesNotMatter(long seed) {
        List<Resource<?>> resources = new RandomState(new Random(seed)).resources();
        Snapshot snapshot = compiler.compile(DesiredState.of(new Revision(1), resources), GATEWAY);

        Collections.shuffle(resources, new Random(seed));

        assertThat(compiler.compile(DesiredState.of(new Revision(1), resources), GATEWAY))
                .isEqualTo(snapshot);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theHashIsOfTheContentAlone(long seed) {
        DesiredState state = new RandomState(new Random(seed)).state();

        Snapshot later = compiler.compile(state.with(new Revision(7), List.of()), GATEWAY);

        assertThat(later.hasContentOf(compiler.compile(state, GATEWAY))).isTrue();
        assertThat(later.version().revision()).isEqualTo(new Revision(7));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyReferenceResolvesAndNothingIsUnused(long seed) {
        Snapshot snapshot = compiler.compile(new RandomState(new Random(seed)).state(), GATEWAY);

        assertThat(ports(snapshot).map(PortEntry::upstream).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        snapshot.upstreams().stream().map(Upstream::name).toList());
        assertThat(ports(snapshot)
                        .flatMap(port -> Stream.concat(port.rules().stream(), port.shadows().stream()))
                        .map(CompiledRule::sources)
                        .flatMap(List::stream)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(
                        snapshot.sources().stream().map(SourceClass::id).toList());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoeverChangesIsAmongTheTouched(long seed) {
        Random random = new Random(seed);
        DesiredState before = new RandomState(random).state();
        List<Resource<?>> others = new RandomState(random).resources();
        Change change = random.nextInt(3) == 0
                ? new Change.Delete(before.all()
                        .toList()
                        .get(random.nextInt((int) before.all().count()))
                        .key())
                : new Change.Put(others.get(random.nextInt(others.size())));
        DesiredState after = before.with(new Revision(2), List.of(change));

        Set<ResourceName> touched = new TouchedGateways().of(before, after, List.of(change));

        for (ResourceName gateway : RandomState.GATEWAYS) {
            if (!hash(before, gateway).equals(hash(after, gateway))) {
                assertThat(touched).as("after %s", change).contains(gateway);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void stepByStepComesToTheSameAsWhole(long seed) {
        Random random = new Random(seed);
        DesiredState state = new RandomState(random).state();
        IncrementalCompiler incremental = new IncrementalCompiler();
        for (int step = 2; step < 8; step++) {
            assertThat(incremental.compile(state, GATEWAY)).isEqualTo(compiler.compile(state, GATEWAY));
            state = state.with(new Revision(step), changes(state, random));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void resourcesOfEarlierSnapshotsAreTakenOverOnlyWhereTheyAreTheSame(long seed) {
        Random random = new Random(seed);
        DesiredState state = new RandomState(random).state();
        EnvoyCompiler envoy = new EnvoyCompiler();
        List<EnvoySnapshot> before = List.of();
        for (int step = 2; step < 5; step++) {
            Snapshot snapshot = compiler.compile(state, GATEWAY);
            EnvoySnapshot stepwise = envoy.compile(snapshot, before);
            assertThat(stepwise).isEqualTo(envoy.compile(snapshot));
            before = List.of(stepwise);
            state = state.with(new Revision(step), changes(state, random));
        }
    }

    // Rules and workloads for the most part, taken from another state so that they are at odds with what is there.
    private static List<Change> changes(DesiredState state, Random random) {
        List<Resource<?>> others = new ArrayList<>(new RandomState(random).resources());
        others.removeIf(other -> !FOLLOWED.contains(other.key().kind()) && random.nextInt(20) > 0);
        Collections.shuffle(others, random);
        List<Change> changes = new ArrayList<>();
        others.stream().limit(random.nextInt(3)).forEach(other -> changes.add(new Change.Put(other)));
        state.rules().stream()
                .map(Resource::key)
                .filter(key -> random.nextInt(8) == 0)
                .filter(key -> changes.stream().noneMatch(put -> put.key().equals(key)))
                .forEach(key -> changes.add(new Change.Delete(key)));
        return changes;
    }

    private Optional<String> hash(DesiredState state, ResourceName gateway) {
        return state.gateway(gateway)
                .map(found -> compiler.compile(state, gateway).version().hash());
    }

    private static Stream<PortEntry> ports(Snapshot snapshot) {
        return snapshot.listeners().stream()
                .flatMap(listener -> listener.hosts().stream())
                .flatMap(host -> host.ports().stream());
    }
}
