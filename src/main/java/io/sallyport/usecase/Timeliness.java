package io.sallyport.usecase;

import java.time.Duration;

/** What a replica can say of how new its state is. */
public interface Timeliness {
    /** Of who has no store, and so knows all there is. */
    Timeliness CERTAIN = new Timeliness() {
        @Override
        public long mark() {
            return 0;
        }

        @Override
        public boolean isKnown(long mark) {
            return true;
        }

        @Override
        public boolean awaitKnown(long mark, Duration patience) {
            return true;
        }

        @Override
        public boolean isStoreAway() {
            return false;
        }
    };

    /** Marks this moment: all that was written before it is served once that mark is known. */
    long mark();

    /** Whether this replica has served, or passed, everything that was written before a mark. */
    boolean isKnown(long mark);

    /** The same, waiting for it. */
    boolean awaitKnown(long mark, Duration patience);

    /** Whether the store does not answer, so that nobody can tell when a mark will be known. */
    boolean isStoreAway();
}
