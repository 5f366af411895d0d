package io.sallyport.store;

import io.sallyport.domain.DesiredState;
import java.time.Instant;

/** The state that this replica served last, kept beside the store for a start at which the store is away. */
public interface OutageBundle {
    /** Where none is kept. */
    OutageBundle NONE = new OutageBundle() {
        @Override
        public boolean isKept() {
            return false;
        }

        @Override
        public void keep(DesiredState state, RolloutsInHand rollouts, Instant asOf) {
            // There is no place for it.
        }

        @Override
        public Kept read(Instant now) {
            return new Kept.Absent();
        }
    };

    /** Whether there is a place for it, and a key. */
    boolean isKept();

    /**
     * Puts it in place of the one before, whole or not at all. Throws {@link java.io.UncheckedIOException}.
     *
     * @param rollouts of the same revision as the state
     * @param asOf when the store last said that it has nothing newer
     */
    void keep(DesiredState state, RolloutsInHand rollouts, Instant asOf);

    /** Gives what may be served; never throws. */
    Kept read(Instant now);

    /** What comes of reading. */
    sealed interface Kept {
        record Usable(DesiredState state, RolloutsInHand rollouts, Instant asOf) implements Kept {}

        /** It is there, and nobody may believe it. */
        record Refused(String reason) implements Kept {}

        record Absent() implements Kept {}
    }
}
