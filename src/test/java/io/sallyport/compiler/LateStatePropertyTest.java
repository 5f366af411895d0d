package io.sallyport.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.LateState.Late;
import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.decision.FlowChanges;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.testkit.RandomRequest;
import io.sallyport.testkit.RandomState;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever waits for a change never lets pass what the newest state refuses; a failure prints the seed. */
class LateStatePropertyTest {
    private static final ResourceName GATEWAY = RandomState.GATEWAYS.getFirst();
    private static final Set<Kind> CHANGING =
            Set.of(Kind.EGRESS_RULE, Kind.WORKLOAD, Kind.DESTINATION, Kind.SECURITY_POLICY, Kind.TRAFFIC_ROUTE);
    private static final AtomicInteger HELD = new AtomicInteger();
    private static final AtomicInteger AS_BEFORE = new AtomicInteger();

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    // Else nothing would be tried.
    @AfterAll
    static void someHoldSomethingAndSomeAreWhatTheyWere() {
        assertThat(HELD).hasValueGreaterThan(10);
        assertThat(AS_BEFORE).hasValueGreaterThan(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingPassesThatIsRefusedNow(long seed) {
        Random random = new Random(seed);
        List<Resource<?>> resources = new RandomState(random).resources();
        DesiredState before = DesiredState.of(new Revision(1), changed(resources, random));
        DesiredState now = DesiredState.of(new Revision(2), changed(resources, random));
        Snapshot newest = new SnapshotCompiler().compile(now, GATEWAY);

        Late late = LateState.of(before, now, newest, new SnapshotCompiler()::compile);

        FlowChanges opened = flows(newest, late.snapshot());
        assertThat(opened.opened()).isEmpty();
        RandomRequest requests = new RandomRequest(random);
        for (int round = 0; round < 100; round++) {
            Question request = requests.to(now.gateway(GATEWAY).orElseThrow().spec());
            if (allowed(new Evaluator(late.snapshot()).decide(request))) {
                assertThat(allowed(new Evaluator(newest).decide(request)))
                        .as("%s", request)
                        .isTrue();
            }
        }
        Snapshot was = new SnapshotCompiler().compile(before, GATEWAY);
        if (!late.held().isEmpty()) {
            HELD.incrementAndGet();
        }
        if (flows(was, newest).closedCount() == 0 && flows(was, newest).openedCount() > 0) {
            AS_BEFORE.incrementAndGet();
            assertThat(flows(was, late.snapshot()).openedCount())
                    .as("what opens waits, held %s", late.held())
                    .isZero();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void itIsTheSameOnEveryReplica(long seed) {
        Random random = new Random(seed);
        List<Resource<?>> resources = new RandomState(random).resources();
        DesiredState before = DesiredState.of(new Revision(1), changed(resources, random));
        DesiredState now = DesiredState.of(new Revision(2), changed(resources, random));
        Snapshot newest = new SnapshotCompiler().compile(now, GATEWAY);

        Late one = LateState.of(before, now, newest, new IncrementalCompiler()::compile);
        Late other = LateState.of(before, now, newest, new SnapshotCompiler()::compile);

        assertThat(one.snapshot().version()).isEqualTo(other.snapshot().version());
        assertThat(one.held()).isEqualTo(other.held());
    }

    private static FlowChanges flows(Snapshot one, Snapshot other) {
        return FlowDiff.between(GATEWAY, Optional.of(one), Optional.of(other), RandomState.NOON)
                .changes(10);
    }

    /** Some are gone, and some rules say what another one of their namespace says. */
    private static List<Resource<?>> changed(List<Resource<?>> resources, Random random) {
        return resources.stream()
                .filter(resource -> !CHANGING.contains(resource.key().kind()) || random.nextInt(8) > 0)
                .<Resource<?>>map(resource -> random.nextInt(6) == 0 ? other(resource, resources, random) : resource)
                .toList();
    }

    private static Resource<?> other(Resource<?> resource, List<Resource<?>> resources, Random random) {
        if (!(resource.spec() instanceof EgressRule)) {
            return resource;
        }
        List<Resource<?>> same = resources.stream()
                .filter(one ->
                        one.spec() instanceof EgressRule && one.namespace().equals(resource.namespace()))
                .toList();
        return new Resource<>(
                resource.metadata(), same.get(random.nextInt(same.size())).spec());
    }

    private static boolean allowed(Verdict verdict) {
        return Stream.of(verdict).anyMatch(one -> one.ruling().allows());
    }
}
