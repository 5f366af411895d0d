package io.sallyport.push.transport;

import io.sallyport.push.Allowance;
import java.util.concurrent.TimeUnit;

/** How often somebody on one connection could not prove himself of late. {@code this} guards all. */
public final class Refusals {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Allowance allowance;
    private long blockedUntil = Long.MIN_VALUE;

    Refusals(int perSecond) {
        this.allowance = new Allowance(perSecond, perSecond * 5);
    }

    public synchronized void count(long nanoTime) {
        if (!allowance.take(nanoTime)) {
            blockedUntil = nanoTime + PAUSE_NANOS;
        }
    }

    /** Whether the next is not even looked at. */
    public synchronized boolean areTooMany(long nanoTime) {
        return blockedUntil != Long.MIN_VALUE && nanoTime - blockedUntil < 0;
    }
}
