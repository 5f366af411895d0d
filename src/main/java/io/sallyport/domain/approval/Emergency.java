package io.sallyport.domain.approval;

import java.time.Duration;

/**
 * A way past missing approvals, for a while.
 *
 * @param by who may take it
 * @param longest after which time at the latest what was done is taken back by itself, unless it is approved: up to seven
 *     days
 */
public record Emergency(Approvers by, Duration longest) {

    /** Whether all that another lets do is let do by this. */
    public boolean allowsAsMuchAs(Emergency other) {
        return by.include(other.by) && longest.compareTo(other.longest) >= 0;
    }
}
