package io.sallyport.usecase;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.WriteTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Writes that come while others are being committed are committed together after them: each is a revision of its own,
 * but they share the lock of the head, the round trips and the flush to disk. Each is refused by itself. {@code turn} is
 * held by whoever commits; {@code waiting} guards itself.
 */
final class WriteTogether {
    private static final int MOST = 64;
    // Far below the time of a transaction, which all of them share.
    private static final Duration LONGEST = Duration.ofMillis(500);

    private final PolicyStore store;
    private final ReentrantLock turn = new ReentrantLock();
    private final Queue<Waiting<?>> waiting = new ConcurrentLinkedQueue<>();

    WriteTogether(PolicyStore store) {
        this.store = store;
    }

    /** The work may be done once more, in another transaction, where that of another came to nothing. */
    <T> T write(Function<WriteTransaction, T> work) {
        Waiting<T> own = new Waiting<>(work);
        waiting.add(own);
        turn.lock();
        try {
            while (!own.isSettled()) {
                commit(waiting, new ArrayList<>());
            }
        } finally {
            turn.unlock();
        }
        return own.result();
    }

    private void commit(Queue<Waiting<?>> next, List<Waiting<?>> tried) {
        try {
            boolean ignored = store.write(transaction -> tryAll(new SharedTransaction(transaction), next, tried));
            tried.forEach(Waiting::settle);
        } catch (RuntimeException | Error failed) {
            fail(next, tried, failed);
        }
    }

    // Whose fault it is shows when each is tried alone; where the store does not answer, it is nobody's.
    private void fail(Queue<Waiting<?>> next, List<Waiting<?>> tried, Throwable failed) {
        if (tried.size() > 1 && !isOfTheStore(failed)) {
            tried.forEach(one -> commit(new ConcurrentLinkedQueue<>(List.of(one)), new ArrayList<>()));
            return;
        }
        if (tried.isEmpty()) {
            for (Waiting<?> one = next.poll(); one != null; one = next.poll()) {
                tried.add(one);
            }
        }
        tried.forEach(one -> one.fail(failed));
    }

    private static boolean isOfTheStore(Throwable failed) {
        return failed instanceof FailureException refused && refused.failure() instanceof Failure.Unavailable;
    }

    private static boolean tryAll(SharedTransaction transaction, Queue<Waiting<?>> next, List<Waiting<?>> tried) {
        long start = System.nanoTime();
        for (Waiting<?> one = next.poll(); one != null; one = next.poll()) {
            tried.add(one);
            one.tryIn(transaction);
            if (tried.size() == MOST || System.nanoTime() - start > LONGEST.toNanos()) {
                break;
            }
        }
        transaction.end();
        return true;
    }
}
