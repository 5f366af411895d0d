package io.sallyport.store;

/**
 * Tells every replica that there is a newer revision. A ring may be lost or repeated, so whoever listens looks at the
 * head for himself, and also without a ring every 250 ms.
 */
public interface Doorbell {

    /** Rings after a commit; never throws, never waits for who listens. */
    void ring();

    /** Runs {@code onRing} at every ring, of this replica and of others, on a thread of the doorbell's own. */
    AutoCloseable listen(Runnable onRing);
}
