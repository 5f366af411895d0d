package io.sallyport.usecase;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutCourse;
import io.sallyport.domain.rollout.RolloutEvent;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.store.Doorbell;
import io.sallyport.store.RolloutStore;
import io.sallyport.usecase.StageRollouts.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Moves rollouts on as their policies say. Every replica does it, without a leader: of those that see the same thing one
 * writes, and the others find it written. One thread.
 */
public final class DriveRollouts {
    private static final Logger LOG = Logger.getLogger(DriveRollouts.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    // A replica that is behind may not know the policy yet that a rollout belongs to.
    private static final Duration KEPT_WITHOUT_POLICY = Duration.ofSeconds(30);

    private final CurrentState current;
    private final StageRollouts stage;
    private final SeeRollout see;
    private final RolloutStore store;
    private final Doorbell doorbell;
    private final InstantSource clock;
    private final CountDownLatch stopping = new CountDownLatch(1);

    public DriveRollouts(
            CurrentState current,
            StageRollouts stage,
            SnapshotFeed feed,
            Fleet fleet,
            RolloutStore store,
            Doorbell doorbell,
            InstantSource clock) {
        this.current = current;
        this.stage = stage;
        this.see = new SeeRollout(current, feed, fleet);
        this.store = store;
        this.doorbell = doorbell;
        this.clock = clock;
    }

    /** Begins, once, and looks four times a second. */
    public void start() {
        Thread.ofPlatform().name("drive-rollouts").daemon().start(this::look);
    }

    public void stop() {
        stopping.countDown();
    }

    private void look() {
        try {
            while (!stopping.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                driveOrSayWhyNot();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void driveOrSayWhyNot() {
        try {
            drive();
        } catch (FailureException failed) {
            // Who follows the head says that the store is away.
            if (!(failed.failure() instanceof Failure.Unavailable)) {
                LOG.error("rollouts not moved on", failed);
            }
        } catch (RuntimeException bug) {
            LOG.error("rollouts not moved on", bug);
        }
    }

    /** Moves each on by one step, where it is to move. */
    void drive() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (Resource<EgressGateway> gateway : current.get().gateways()) {
            gateway.spec().rollout().forEach(policy -> drive(gateway, policy, now));
        }
        stage.withoutPolicy(current.get()).stream()
                .filter(rollout -> rollout.since().plus(KEPT_WITHOUT_POLICY).isBefore(now))
                .forEach(store::forget);
    }

    private void drive(Resource<EgressGateway> gateway, RolloutPolicy policy, Instant now) {
        stage.situation(gateway.name())
                .ifPresentOrElse(situation -> drive(policy, situation, now), () -> begin(gateway, now));
    }

    // What was written since the policy came, before anybody looked, goes by the policy.
    private void begin(Resource<EgressGateway> gateway, Instant now) {
        Rollout first = Rollout.first(gateway.name(), gateway.metadata().revision(), now, RecordCrossings.AUTHOR);
        if (store.replace(first, List.of(), List.of())) {
            doorbell.ring();
        }
    }

    private void drive(RolloutPolicy policy, Situation situation, Instant now) {
        Rollout is = situation.rollout();
        Rollout next = new RolloutCourse(policy, see.of(is.gateway(), situation), now, RecordCrossings.AUTHOR).next(is);
        if (next.equals(is)) {
            return;
        }
        List<RolloutEvent> events = RolloutEvent.of(is, next).stream().toList();
        if (store.replace(next, events, List.of())) {
            events.forEach(DriveRollouts::log);
            doorbell.ring();
        }
    }

    static void log(RolloutEvent event) {
        LOG.infof(
                "rollout moved gateway=%s event=%s step=%d stable=%s candidate=%s by=%s reason=%s",
                event.rollout().gateway(),
                event.type(),
                event.rollout().step() + 1,
                event.rollout().stable(),
                event.rollout().candidate(),
                event.rollout().by(),
                event.rollout().reason());
    }
}
