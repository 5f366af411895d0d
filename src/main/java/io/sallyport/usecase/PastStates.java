package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Revision;
import io.sallyport.store.PolicyStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * States as they were. One is worked out at a time, back from what is known now, with which it shares all that did not
 * change since; the few that were asked for last are kept.
 */
public final class PastStates {
    private static final int MOST_KEPT = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final PolicyStore store;
    private final CurrentState current;
    private final FollowHead followHead;
    // Guards what is kept, and has those who ask for a state that is not wait for each other.
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Revision, DesiredState> kept = new LinkedHashMap<>(MOST_KEPT, 0.75f, true);

    public PastStates(PolicyStore store, CurrentState current, FollowHead followHead) {
        this.store = store;
        this.current = current;
        this.followHead = followHead;
    }

    /** Throws {@code NotFound}, which names the newest, where there is no such revision. */
    public DesiredState at(Revision revision) {
        DesiredState now = reaching(revision);
        if (now.revision().equals(revision)) {
            return now;
        }
        lock.lock();
        try {
            return kept.computeIfAbsent(revision, wanted -> back(now, wanted));
        } finally {
            while (kept.size() > MOST_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
            lock.unlock();
        }
    }

    private DesiredState back(DesiredState now, Revision wanted) {
        return now.with(wanted, store.changesBack(now.revision(), wanted));
    }

    // What another replica wrote a moment ago may be new to this one.
    private DesiredState reaching(Revision revision) {
        if (revision.isAfter(current.get().revision())) {
            refuseUnknown(revision, store.head());
            if (!followHead.awaitRevision(revision, PATIENCE)) {
                throw new FailureException(new Failure.Unavailable(
                        "This replica has not yet seen revision %s; try again later".formatted(revision)));
            }
        }
        return current.get();
    }

    static void refuseUnknown(Revision revision, Revision newest) {
        if (revision.isAfter(newest)) {
            throw new FailureException(
                    new Failure.NotFound("There is no revision %s; the newest is %s.".formatted(revision, newest)));
        }
    }
}
