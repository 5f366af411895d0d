package io.sallyport.usecase;

import java.time.Duration;
import java.util.function.Supplier;

/** Is told how long each phase of a write took, as it ends; by many threads. */
public interface WriteClock {
    WriteClock UNHEARD = (phase, time) -> {};

    void took(Phase phase, Duration time);

    /** Does the work, and tells how long it took where it comes to its end. */
    default <T> T timed(Phase phase, Supplier<T> work) {
        long start = System.nanoTime();
        T done = work.get();
        took(phase, Duration.ofNanos(System.nanoTime() - start));
        return done;
    }

    /** In the order in which a write passes them. */
    enum Phase {
        /** The body is read as a document. */
        PARSE,
        /** Rights, references, conflicts and guardrails, before the head is locked. */
        CHECK,
        /** The part of the check that guardrails take. */
        GUARDRAILS,
        /** The transaction, waiting for the lock of the head included. */
        COMMIT,
        /** From the commit until this replica published what came of it; longest two seconds. */
        PUBLISH,
        /** The part of publishing that making one gateway's snapshot takes. */
        COMPILE,
        /** What is told of a stored resource: its conditions and what is doubtful of it. */
        ANSWER
    }
}
