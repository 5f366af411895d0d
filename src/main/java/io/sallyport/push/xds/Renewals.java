package io.sallyport.push.xds;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** When a client was last told that what it has still holds, and which of that it has not answered. */
final class Renewals {
    // Of who never answers; what was refused long ago is sent anew with the next change at the latest.
    private static final int MOST_OPEN = 8;

    private final SequencedMap<String, List<String>> open = new LinkedHashMap<>();
    private Instant promisedAt = Instant.EPOCH;
    private Instant due = Instant.EPOCH;
    private Instant promisedUntil = Instant.MAX;

    /** When to renew next: as promised with the last one, or sooner where time has been cut short since. */
    Instant due(Lease lease) {
        if (lease.isEndless()) {
            return Instant.MAX;
        }
        Instant now = promisedAt.plus(lease.interval());
        return now.isBefore(due) ? now : due;
    }

    boolean isDue(Lease lease, Instant now) {
        return !lease.isEndless() && !lease.isOver() && !now.isBefore(due(lease));
    }

    /** Whether what was promised is over, so that the client has nothing left that could be renewed. */
    boolean isLate(Instant now) {
        return !now.isBefore(promisedUntil);
    }

    void promise(Lease lease, Instant now) {
        promisedAt = now;
        due = now.plus(lease.interval());
        promisedUntil = now.plus(lease.left());
    }

    void sent(String nonce, List<String> names) {
        open.putLast(nonce, names);
        if (open.size() > MOST_OPEN) {
            open.pollFirstEntry();
        }
    }

    /** The names that a renewal was about; empty where the answer is to something else. */
    Collection<String> answered(String nonce) {
        List<String> names = open.remove(nonce);
        return names == null ? List.of() : names;
    }
}
