package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far this replica has come, to wait for. {@code lock} guards {@code started} and {@code revision}. */
final class Reached {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private boolean started;
    private Revision revision = Revision.NONE;

    void moveTo(Revision reached) {
        lock.lock();
        try {
            started = true;
            revision = reached;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean hasStarted() {
        return await(Revision.NONE, Duration.ZERO);
    }

    /** Whether this replica has a state, of that revision or of a later one, before the time is over. */
    boolean await(Revision wanted, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!started || wanted.isAfter(revision)) {
                if (left <= 0) {
                    return false;
                }
                left = moved.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
