package io.sallyport.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.Rollout.Phase;
import io.sallyport.domain.rollout.RolloutEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of rollouts does. Each test has a gateway of its own. */
public abstract class RolloutStoreContract {
    private static final AtomicInteger GATEWAYS = new AtomicInteger();
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00.123456Z");

    private final ResourceName gateway = ResourceName.of("rollouts", "gateway-" + GATEWAYS.incrementAndGet());

    protected abstract RolloutStore store();

    @Test
    void whatIsWrittenIsReadAsItWas() {
        Rollout second = rollout(2, Phase.PROGRESSING, NOON.plusMillis(1));

        assertThat(replace(rollout(1, Phase.SETTLED, Instant.MAX))).isTrue();
        assertThat(replace(second)).isTrue();

        assertThat(stored()).containsExactly(second);
    }

    @Test
    void onlyTheVersionAfterTheStoredOneIsWritten() {
        Rollout first = rollout(1, Phase.SETTLED, Instant.MAX);
        assertThat(replace(rollout(2, Phase.PAUSED, Instant.MAX))).isFalse();
        assertThat(replace(first)).isTrue();

        assertThat(replace(rollout(1, Phase.HALTED, Instant.MAX))).isFalse();
        assertThat(replace(rollout(3, Phase.HALTED, Instant.MAX))).isFalse();

        assertThat(stored()).containsExactly(first);
    }

    @Test
    void ofManyThatMoveItOneDoesAndItsEventsAloneAreThere() throws Exception {
        assertThat(replace(rollout(1, Phase.SETTLED, Instant.MAX))).isTrue();
        Rollout second = rollout(2, Phase.PROGRESSING, Instant.MAX);

        try (var replicas = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> moves = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(ignored ->
                            () -> store().replace(second, List.of(event(RolloutEvent.Type.STARTED, second)), List.of()))
                    .toList();
            long done = replicas.invokeAll(moves).stream()
                    .filter(RolloutStoreContract::isTrue)
                    .count();

            assertThat(done).isEqualTo(1);
        }
        assertThat(store().lastEvents(gateway, 10)).hasSize(1);
    }

    private static boolean isTrue(Future<Boolean> future) {
        return future.resultNow();
    }

    @Test
    void eventsComeInTheirOrderAndFromAnyPlaceOn() {
        for (int version = 1; version <= 4; version++) {
            Rollout rollout = rollout(version, Phase.PROGRESSING, Instant.MAX);
            assertThat(store().replace(rollout, List.of(event(RolloutEvent.Type.ADVANCED, rollout)), List.of()))
                    .isTrue();
        }

        List<RolloutEvent> all = store().eventsAfter(gateway, 0, 10);
        assertThat(all).extracting(event -> event.rollout().version()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(store().eventsAfter(gateway, all.get(1).sequence(), 1)).containsExactly(all.get(2));
        assertThat(store().lastEvents(gateway, 2)).containsExactly(all.get(2), all.get(3));
        assertThat(store().lastEvents(ResourceName.of("rollouts", "other"), 2)).isEmpty();
    }

    @Test
    void whatIsForgottenIsGoneUnlessItMoved() {
        Rollout first = rollout(1, Phase.SETTLED, Instant.MAX);
        Rollout second = rollout(2, Phase.PROGRESSING, Instant.MAX);
        assertThat(replace(first)).isTrue();
        assertThat(replace(second)).isTrue();

        store().forget(first);
        assertThat(stored()).containsExactly(second);

        store().forget(second);
        assertThat(stored()).isEmpty();
        assertThat(replace(first)).isTrue();
    }

    private boolean replace(Rollout rollout) {
        return store().replace(rollout, List.of(), List.of());
    }

    private List<Rollout> stored() {
        return store().all().stream()
                .filter(rollout -> rollout.gateway().equals(gateway))
                .toList();
    }

    private static RolloutEvent event(RolloutEvent.Type type, Rollout rollout) {
        return new RolloutEvent(0, type, rollout);
    }

    private Rollout rollout(long version, Phase phase, Instant metSince) {
        return new Rollout(
                gateway,
                new Revision(7),
                new Revision(8),
                phase,
                1,
                2_500,
                NOON,
                metSince,
                "The gates of step 1 are passed.",
                "sallyport",
                version);
    }
}
