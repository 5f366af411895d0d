package io.sallyport.usecase;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.store.PolicyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes back revisions that were to be confirmed and were not. Every replica does it, without a leader: whoever comes second
 * to the lock of the head finds nothing left to do. One thread.
 */
public final class RevertUnconfirmed {
    private static final Logger LOG = Logger.getLogger(RevertUnconfirmed.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int MOST_AT_ONCE = 20;

    private final PolicyStore store;
    private final TakeBack takeBack;
    private final InstantSource clock;
    private final CountDownLatch stopping = new CountDownLatch(1);

    public RevertUnconfirmed(PolicyStore store, ApplyDocuments applyDocuments, InstantSource clock) {
        this.store = store;
        this.takeBack = new TakeBack(applyDocuments, store);
        this.clock = clock;
    }

    /** Begins to look, once, twice a second. */
    public void start() {
        Thread.ofPlatform().name("revert-unconfirmed").daemon().start(this::look);
    }

    public void stop() {
        stopping.countDown();
    }

    private void look() {
        try {
            while (!stopping.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                revertOrSayWhyNot();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void revertOrSayWhyNot() {
        try {
            revert();
        } catch (FailureException failed) {
            // Another replica was faster, or somebody wrote meanwhile: the next look tells.
            boolean isToBeExpected = failed.failure() instanceof Failure.Unavailable
                    || failed.failure() instanceof Failure.Conflict
                    || failed.failure() instanceof Failure.Stale;
            if (!isToBeExpected) {
                LOG.error("unconfirmed revision not taken back", failed);
            }
        } catch (RuntimeException bug) {
            LOG.error("unconfirmed revision not taken back", bug);
        }
    }

    /** Takes back all whose time is over, the newest revision first, so that what they have in common ends as it began. */
    void revert() {
        store.dueConfirmations(clock.instant(), MOST_AT_ONCE).stream()
                .sorted(Comparator.comparing(Confirmation::revision).reversed())
                .forEach(due -> {
                    takeBack.of(due, clock.instant());
                    LOG.infof("unconfirmed revision taken back revision=%s", due.revision());
                });
    }
}
