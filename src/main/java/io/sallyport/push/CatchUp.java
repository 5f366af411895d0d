package io.sallyport.push;

import io.sallyport.usecase.Timeliness;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether a stream may be sent anything yet. All that its client was ever sent, by whichever replica, was in the store
 * before it came here, so this replica waits until it serves what was there then, and nobody sees an older state after a
 * newer one. While the store is away nobody can tell: then only who has nothing is served. Used by one thread at a time.
 */
public final class CatchUp {
    private static final Duration MOST_OFTEN_ENOUGH = Duration.ofMillis(300);
    // A client that comes back says what it has in one go, type by type.
    private static final Duration SAYING = Duration.ofMillis(500);

    private final Timeliness timeliness;
    private final long mark;
    private final LongSupplier nanoTime;
    private final long began;
    private boolean isKnown;
    private boolean hasSomething;

    /** Of a stream that begins now. */
    public CatchUp(Timeliness timeliness) {
        this(timeliness, System::nanoTime);
    }

    CatchUp(Timeliness timeliness, LongSupplier nanoTime) {
        this.timeliness = timeliness;
        this.mark = timeliness.mark();
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    /** The client says that it has something from before. */
    public void hasSomething() {
        hasSomething = true;
    }

    /** Waits for as long as it takes where the store answers as usual. */
    public void awaitBriefly() {
        if (!isKnown && !timeliness.isStoreAway()) {
            isKnown = timeliness.awaitKnown(mark, MOST_OFTEN_ENOUGH);
        }
    }

    /** Whether there is a point in hearing what the client wants: what is known is new, or as new as it gets. */
    public boolean mayBegin() {
        return isKnown() || timeliness.isStoreAway();
    }

    public boolean maySend() {
        return isKnown() || (timeliness.isStoreAway() && !hasSomething && hasSaidAll());
    }

    private boolean isKnown() {
        isKnown = isKnown || timeliness.isKnown(mark);
        return isKnown;
    }

    private boolean hasSaidAll() {
        return nanoTime.getAsLong() - began >= SAYING.toNanos();
    }

    /** Why nothing is sent, for people. */
    public String waitingFor() {
        return hasSomething
                ? "The store is away, and the agent may have something newer than this replica: it keeps what it has."
                : "This replica waits until it serves all that was written before the agent came.";
    }
}
