package io.sallyport.push;

/** So much in a second, and a little more at once. Not thread-safe. */
public final class Allowance {
    private static final double NANOS = 1e9;

    private final int perSecond;
    private final int most;
    private double left;
    private long seen;

    public Allowance(int perSecond, int most) {
        this.perSecond = perSecond;
        this.most = most;
        this.left = most;
        this.seen = Long.MIN_VALUE;
    }

    /** One that was taken is there again. */
    public void giveBack() {
        left = Math.min(most, left + 1);
    }

    /** Whether there was one left. */
    public boolean take(long nanoTime) {
        return take(nanoTime, 1);
    }

    /** Whether there were so many left; more than are given at once are taken as that. */
    public boolean take(long nanoTime, double amount) {
        double wanted = Math.min(amount, most);
        if (seen != Long.MIN_VALUE) {
            left = Math.min(most, left + (nanoTime - seen) / NANOS * perSecond);
        }
        seen = nanoTime;
        if (left < wanted) {
            return false;
        }
        left -= wanted;
        return true;
    }
}
