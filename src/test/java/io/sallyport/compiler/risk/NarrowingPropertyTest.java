package io.sallyport.compiler.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.HeldBack;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.testkit.RandomChange;
import io.sallyport.testkit.RandomPassage;
import io.sallyport.testkit.RandomPassage.Gate;
import io.sallyport.testkit.RandomState;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is held, nothing passes that the newest state refuses, as the evaluator has it; a failure prints the seed. */
class NarrowingPropertyTest {
    private static final ResourceName GATEWAY = RandomState.GATEWAYS.getFirst();
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static final AtomicInteger MAY_PASS = new AtomicInteger();
    private static final AtomicInteger PASSED = new AtomicInteger();
    private static final AtomicInteger LEFT = new AtomicInteger();

    static LongStream seeds() {
        long first = Long.getLong("narrowing.first", 0);
        return LongStream.range(first, first + Integer.getInteger("narrowing.seeds", 25));
    }

    // Else nothing would be tried.
    @AfterAll
    static void someWouldHaveOpenedAndMuchPasses() {
        assertThat(OPENED).as("passes without it and may not").hasValueGreaterThan(10);
        assertThat(PASSED).as("passes with it of what may").hasValueGreaterThan(MAY_PASS.get() / 2);
        assertThat(LEFT).as("states that are left as they are").hasValueGreaterThan(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingPassesThatIsRefusedByTheNewest(long seed) {
        Random random = new Random(seed);
        List<Resource<?>> resources = new RandomState(random).resources();
        DesiredState accepted = DesiredState.of(new Revision(1), RandomChange.of(resources, random));
        DesiredState target = DesiredState.of(new Revision(2), RandomChange.of(resources, random));
        Snapshot newest = new SnapshotCompiler().compile(target, GATEWAY);
        List<ResourceKey> held = HeldBack.suspects(accepted, target, GATEWAY).stream()
                .filter(key -> random.nextInt(3) > 0)
                .toList();
        Snapshot wide = new SnapshotCompiler().compile(HeldBack.state(accepted, target, held), GATEWAY);

        Narrowed narrowed = Narrowing.of(newest, wide, random.nextBoolean());

        LEFT.addAndGet(narrowed.shut().isEmpty() ? 1 : 0);
        Gate asIsNow = new Gate(newest);
        Gate asHeld = new Gate(wide);
        Gate asNarrowed = new Gate(narrowed.snapshot());
        RandomPassage passage = new RandomPassage(random);
        for (int round = 0; round < 200; round++) {
            Question question = passage.to(wide);
            boolean may = asIsNow.lets(question);
            boolean would = asHeld.lets(question);
            OPENED.addAndGet(would && !may ? 1 : 0);
            MAY_PASS.addAndGet(would && may ? 1 : 0);
            if (asNarrowed.lets(question)) {
                PASSED.incrementAndGet();
                assertThat(may).as("%s, held %s", question, held).isTrue();
            }
        }
    }
}
