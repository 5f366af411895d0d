package io.sallyport.push.xds;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.feed.PublishedStates;
import io.sallyport.testkit.RandomChange;
import io.sallyport.testkit.RandomPassage;
import io.sallyport.testkit.RandomPassage.Gate;
import io.sallyport.testkit.RandomState;
import io.sallyport.usecase.HoldBack;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a client refuses, and whether or not any object is to blame for it: nothing that it is led to lets pass what the
 * newest state refuses, and it is led somewhere in the end. A failure prints the seed.
 */
class FirewallPropertyTest {
    private static final ResourceName GATEWAY = RandomState.GATEWAYS.getFirst();
    private static final int MOST_STEPS = 250;
    private static final AtomicInteger LED = new AtomicInteger();
    private static final AtomicInteger HELD = new AtomicInteger();
    private static final AtomicInteger IN_VAIN = new AtomicInteger();

    private final PublishedStates states = new PublishedStates();
    private final Set<String> taken = new HashSet<>();

    static LongStream seeds() {
        long first = Long.getLong("firewall.first", 0);
        return LongStream.range(first, first + Integer.getInteger("firewall.seeds", 6));
    }

    // Else nothing would be tried.
    @AfterAll
    static void someAreLedPastSomethingAndSomeInVain() {
        assertThat(LED).hasValueGreaterThan(20);
        assertThat(HELD).hasValueGreaterThan(2);
        assertThat(IN_VAIN).hasValueGreaterThan(0);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingPassesThatIsRefusedByTheNewest(long seed) {
        Random random = new Random(seed);
        List<Resource<?>> resources = new RandomState(random).resources();
        EnvoySnapshot first = publish(1, RandomChange.of(resources, random));
        Firewall firewall = new Firewalls(new HoldBack(states, new SnapshotCompiler()), FirewallPropertyTest::inNoWords)
                .of("envoy", first);
        firewall.aimAt(first);
        firewall.accepted();
        take(first);

        for (int revision = 2; revision < 5; revision++) {
            EnvoySnapshot newest = publish(revision, RandomChange.of(resources, random));
            lead(firewall, newest, random);
        }
    }

    private EnvoySnapshot publish(long revision, List<Resource<?>> resources) {
        DesiredState state = DesiredState.of(new Revision(revision), resources);
        Snapshot snapshot = new SnapshotCompiler().compile(state, GATEWAY);
        states.add(snapshot, state);
        return inNoWords(snapshot);
    }

    private static EnvoySnapshot inNoWords(Snapshot snapshot) {
        return new EnvoySnapshot(snapshot, Map.of());
    }

    private void lead(Firewall firewall, EnvoySnapshot newest, Random random) {
        Optional<EnvoySnapshot> aim = Optional.of(firewall.aimAt(newest));
        int steps = 0;
        while (aim.isPresent()) {
            assertThat(++steps).as("steps").isLessThan(MOST_STEPS);
            passesNothingMore(newest.source(), aim.get().source(), random);
            boolean isTaken = parts(aim.get()).allMatch(this::likes);
            if (isTaken) {
                take(aim.get());
            }
            LED.incrementAndGet();
            Optional<EnvoySnapshot> next = isTaken ? firewall.accepted() : firewall.refused("no", false);
            IN_VAIN.addAndGet(next.isEmpty() && !isTaken ? 1 : 0);
            aim = next;
        }
        HELD.addAndGet(firewall.held().size());
    }

    private static void passesNothingMore(Snapshot newest, Snapshot aim, Random random) {
        Gate asIsNow = new Gate(newest);
        Gate asAimedAt = new Gate(aim);
        RandomPassage passage = new RandomPassage(random);
        for (int round = 0; round < 25; round++) {
            Question question = passage.to(aim);
            if (asAimedAt.lets(question)) {
                assertThat(asIsNow.lets(question)).as("%s", question).isTrue();
            }
        }
    }

    // Whatever a client can refuse comes of some part.
    private static Stream<String> parts(EnvoySnapshot snapshot) {
        Snapshot source = snapshot.source();
        return Stream.of(
                        source.listeners().stream().flatMap(one -> one.hosts().stream()),
                        source.sources().stream(),
                        source.routes().stream(),
                        source.upstreams().stream(),
                        source.policies().stream())
                .flatMap(parts -> parts)
                .map(Object::toString);
    }

    private void take(EnvoySnapshot snapshot) {
        parts(snapshot).forEach(taken::add);
    }

    // What it took once it takes again; of all else it refuses some.
    private boolean likes(String part) {
        return taken.contains(part) || Math.floorMod(part.hashCode(), 12) != 0;
    }
}
