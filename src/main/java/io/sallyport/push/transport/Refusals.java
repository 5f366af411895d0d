package io.sallyport.push.transport;

import io.sallyport.push.Allowance;

/** How many calls of one connection may be looked at that prove nobody. {@code this} guards the allowance. */
public final class Refusals {
    // An Envoy begins with a call for each of its threads and logs, and they are all looked at at once.
    private static final int AT_ONCE = 50;

    private final Allowance allowance;

    Refusals(int perSecond) {
        this.allowance = new Allowance(perSecond, perSecond * AT_ONCE);
    }

    /** Whether one more is looked at. */
    public synchronized boolean begin(long nanoTime) {
        return allowance.take(nanoTime);
    }

    /** The one that began proved somebody, so it does not count. */
    public synchronized void proved() {
        allowance.giveBack();
    }
}
