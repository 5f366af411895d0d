package io.sallyport.domain.rule;

import java.time.Instant;

/**
 * When a rule holds: from {@code notBefore}, included, to {@code expiresAt}, excluded.
 *
 * @param passed which bounds a revision has recorded as crossed; those are no longer asked of any clock
 */
public record Validity(Instant notBefore, Instant expiresAt, Passed passed) {
    public static final Validity ALWAYS = new Validity(Instant.MIN, Instant.MAX);

    public Validity {
        if (!notBefore.isBefore(expiresAt)) {
            throw new IllegalArgumentException("expiresAt must be after notBefore");
        }
    }

    public Validity(Instant notBefore, Instant expiresAt) {
        this(notBefore, expiresAt, Passed.NONE);
    }

    public boolean holdsAt(Instant time) {
        return !isOver() && (!hasStart() || !time.isBefore(notBefore)) && (!hasEnd() || time.isBefore(expiresAt));
    }

    /** Whether there is a start that is yet to be waited for. */
    public boolean hasStart() {
        return passed == Passed.NONE && !notBefore.equals(Instant.MIN);
    }

    /** Whether there is an end that is yet to be waited for. */
    public boolean hasEnd() {
        return passed != Passed.END && !expiresAt.equals(Instant.MAX);
    }

    /** Whether a revision has recorded that it ended. */
    public boolean isOver() {
        return passed == Passed.END;
    }

    /** What has been crossed by then; what was once recorded stays so, whatever a clock says. */
    public Passed passedAt(Instant time) {
        if (isOver() || (hasEnd() && !time.isBefore(expiresAt))) {
            return Passed.END;
        }
        return hasStart() && !time.isBefore(notBefore) ? Passed.START : passed;
    }

    /** The next bound to be crossed; {@link Instant#MAX} where there is none. */
    public Instant nextBound() {
        if (hasStart()) {
            return notBefore;
        }
        return hasEnd() ? expiresAt : Instant.MAX;
    }

    /** The bounds that are yet to come, as bounds of their own; not to be asked of what is over. */
    public Validity ahead() {
        return passed == Passed.START ? new Validity(Instant.MIN, expiresAt) : this;
    }

    /** Whether somebody wrote the same bounds, whatever has passed since. */
    public boolean hasBoundsOf(Validity other) {
        return notBefore.equals(other.notBefore) && expiresAt.equals(other.expiresAt);
    }

    public Validity withPassed(Passed newPassed) {
        return new Validity(notBefore, expiresAt, newPassed);
    }

    /** The bounds that have been crossed. */
    public enum Passed {
        NONE,
        START,
        END
    }
}
