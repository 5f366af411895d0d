package io.sallyport.usecase;

import io.sallyport.store.WriteTransaction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A write that waits for its turn. Touched by who holds the turn, and by who wrote it once he has had it. */
final class Waiting<T> {
    private final Function<WriteTransaction, T> work;
    private @Nullable Supplier<T> outcome;
    private boolean settled;

    Waiting(Function<WriteTransaction, T> work) {
        this.work = work;
    }

    /** What is refused before anything of it is written leaves the others alone. */
    void tryIn(SharedTransaction transaction) {
        int before = transaction.writes();
        try {
            T done = work.apply(transaction);
            outcome = () -> done;
        } catch (RuntimeException refused) {
            if (transaction.writes() > before) {
                throw refused;
            }
            outcome = thrown(refused);
        }
    }

    /** What it was tried to is so now. */
    void settle() {
        settled = true;
    }

    void fail(Throwable failed) {
        outcome = thrown(failed);
        settled = true;
    }

    boolean isSettled() {
        return settled;
    }

    T result() {
        if (outcome == null) {
            throw new IllegalStateException("asked for before its turn");
        }
        return outcome.get();
    }

    private Supplier<T> thrown(Throwable failed) {
        return () -> {
            if (failed instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed;
        };
    }
}
