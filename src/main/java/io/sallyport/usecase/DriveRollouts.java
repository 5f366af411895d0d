package io.sallyport.usecase;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutCourse;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.store.RolloutStore;
import io.sallyport.usecase.LearnRollouts.Ended;
import io.sallyport.usecase.StageRollouts.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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
    // So that what ended is not begun anew by a replica that is behind.
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final CurrentState current;
    private final StageRollouts stage;
    private final SeeRollout see;
    private final MoveRollout move;
    private final RolloutStore store;
    private final InstantSource clock;
    private final CountDownLatch stopping = new CountDownLatch(1);

    public DriveRollouts(
            CurrentState current,
            StageRollouts stage,
            SeeRollout see,
            MoveRollout move,
            RolloutStore store,
            InstantSource clock) {
        this.current = current;
        this.stage = stage;
        this.see = see;
        this.move = move;
        this.store = store;
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
        stage.learned().ended().forEach(ended -> end(ended, now));
        for (Resource<EgressGateway> gateway : current.get().gateways()) {
            gateway.spec().rollout().forEach(policy -> drive(gateway, policy, now));
        }
    }

    private void end(Ended ended, Instant now) {
        Rollout stored = ended.stored();
        if (ended.isReplaced() || stored.phase() != Rollout.Phase.SETTLED) {
            move.byItself(stored, ended.asOf(now), now);
        } else if (stored.since().plus(KEPT).isBefore(now)) {
            store.forget(stored);
        }
    }

    private void drive(Resource<EgressGateway> gateway, RolloutPolicy policy, Instant now) {
        see.situation(gateway.name())
                .ifPresentOrElse(situation -> drive(policy, situation, now), () -> begin(gateway, now));
    }

    // What was written since the policy came, before anybody looked, goes by the policy.
    private void begin(Resource<EgressGateway> gateway, Instant now) {
        move.begin(Rollout.first(gateway.name(), gateway.metadata().revision(), now, RecordCrossings.AUTHOR));
    }

    private void drive(RolloutPolicy policy, Situation situation, Instant now) {
        Rollout is = situation.rollout();
        RolloutCourse course = see.course(policy, situation, now, RecordCrossings.AUTHOR);
        if (course.isPassed(is)) {
            see.passed(is.gateway(), now);
        }
        Rollout next = course.next(is);
        if (!next.equals(is)) {
            move.byItself(is, next, now);
        }
    }
}
