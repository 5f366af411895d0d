package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Revision;
import io.sallyport.store.OutageBundle;
import io.sallyport.store.RolloutsInHand;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps what this replica serves for a start at which the store is away: after it has moved, at most once a second, and
 * now and then also where it has not, so that its age tells how old it is. One thread does it.
 */
public final class KeepBundle {
    private static final Logger LOG = Logger.getLogger(KeepBundle.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration REFRESH = Duration.ofMinutes(10);
    // What the store said so long ago is not what it says now.
    private static final Duration SILENCE = Duration.ofSeconds(5);
    // Writing may take a tenth of the time of this thread.
    private static final int REST = 10;

    private final OutageBundle bundle;
    private final CurrentState current;
    private final FollowHead followHead;
    private final StageRollouts stage;
    private final InstantSource clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    // Only the one thread comes to these.
    private RolloutsInHand kept = RolloutsInHand.none(Revision.NONE);
    private Instant keptAt = Instant.MIN;
    private boolean hasFailed;

    public KeepBundle(
            OutageBundle bundle,
            CurrentState current,
            FollowHead followHead,
            StageRollouts stage,
            InstantSource clock) {
        this.bundle = bundle;
        this.current = current;
        this.followHead = followHead;
        this.stage = stage;
        this.clock = clock;
    }

    /** Begins, once; does nothing where no bundle is kept. */
    public void start() {
        if (bundle.isKept()) {
            Thread.ofPlatform().name("keep-bundle").daemon().start(this::keep);
        }
    }

    /** Ends it. */
    public void stop() {
        stopping.countDown();
    }

    private void keep() {
        try {
            Duration pause = PAUSE;
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                Instant began = clock.instant();
                lookOnce();
                Duration took = Duration.between(began, clock.instant()).multipliedBy(REST);
                pause = took.compareTo(PAUSE) > 0 ? took : PAUSE;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void lookOnce() {
        Duration silence = followHead.silence();
        DesiredState state = current.get();
        RolloutsInHand rollouts = stage.learned().inHand();
        // They are read a moment before their state is served.
        boolean isWhole = rollouts.revision().equals(state.revision());
        if (!followHead.isFromStore() || silence.compareTo(SILENCE) > 0 || !isWhole) {
            return;
        }
        Instant now = clock.instant();
        boolean isDue = keptAt.equals(Instant.MIN) || now.isAfter(keptAt.plus(REFRESH));
        if (isDue || hasMoved(rollouts)) {
            write(state, rollouts, now, now.minus(silence));
        }
    }

    // What is past follows from the rest.
    private boolean hasMoved(RolloutsInHand rollouts) {
        return !rollouts.revision().equals(kept.revision())
                || !rollouts.rollouts().equals(kept.rollouts());
    }

    private void write(DesiredState state, RolloutsInHand rollouts, Instant now, Instant asOf) {
        try {
            bundle.keep(state, rollouts, asOf);
            kept = rollouts;
            keptAt = now;
            hasFailed = false;
        } catch (RuntimeException failed) {
            if (!hasFailed) {
                LOG.error(
                        "the bundle for outages is not kept, a start without the store will serve nothing new", failed);
            }
            hasFailed = true;
        }
    }
}
