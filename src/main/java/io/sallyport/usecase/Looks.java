package io.sallyport.usecase;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks at the head of the store, by number: whoever must know what was written before a moment waits for a look that
 * began after it. {@code lock} guards both numbers.
 */
final class Looks {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long begun;
    private long done;

    /** Before the store is asked. */
    long begin() {
        lock.lock();
        try {
            return ++begun;
        } finally {
            lock.unlock();
        }
    }

    /** What the store answered is served. */
    void done(long look) {
        lock.lock();
        try {
            done = look;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The first look that begins after now. */
    long next() {
        lock.lock();
        try {
            return begun + 1;
        } finally {
            lock.unlock();
        }
    }

    boolean await(long look, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (done < look && left > 0) {
                left = moved.awaitNanos(left);
            }
            return done >= look;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
