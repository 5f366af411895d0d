package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest revisions, for all who watch on this replica: read once from the store, however many watch. Bounded by
 * changes; who is further behind reads the store himself. Readers come and take, so that a slow one holds up nobody.
 */
public final class RecentRevisions {
    private static final int MOST_CHANGES = 10_000;

    // Guards all below.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Deque<RevisionRecord> kept = new ArrayDeque<>();
    private int changes;
    private Revision newest = Revision.NONE;
    private boolean isClosed;

    public void add(Collection<RevisionRecord> news) {
        lock.lock();
        try {
            for (RevisionRecord record : news) {
                kept.add(record);
                changes += record.changes().size();
                newest = record.revision();
            }
            while (changes > MOST_CHANGES && kept.size() > 1) {
                changes -= kept.remove().changes().size();
            }
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The state was read as a whole, so that what led there is not known. */
    public void restart(Revision revision) {
        lock.lock();
        try {
            kept.clear();
            changes = 0;
            newest = revision;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting, for good. */
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    Revision newest() {
        lock.lock();
        try {
            return newest;
        } finally {
            lock.unlock();
        }
    }

    /** Those that follow a revision, oldest first, {@code limit} at most; none where they are no longer kept. */
    List<RevisionRecord> after(Revision position, int limit) {
        lock.lock();
        try {
            boolean isKept = !kept.isEmpty() && !kept.getFirst().revision().isAfter(position.next());
            return isKept
                    ? kept.stream()
                            .filter(record -> record.revision().isAfter(position))
                            .limit(limit)
                            .toList()
                    : List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is one after that position; false where the time was not enough, or all ends. */
    boolean await(Revision position, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!newest.isAfter(position) && !isClosed && left > 0) {
                left = moved.awaitNanos(left);
            }
            return newest.isAfter(position) && !isClosed;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
