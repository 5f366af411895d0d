package io.sallyport.usecase;

import io.sallyport.domain.audit.AuditEntry.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many refused attempts are recorded: of each actor, and of all together on this replica. What is above is counted.
 * One lock guards all of it.
 */
final class RefusalBudget {
    /** Of one actor at once; one more every second. */
    static final int OF_ACTOR = 30;
    /** Of all actors at once; this many more every second. */
    static final int OF_ALL = 200;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST_ACTORS = 10_000;
    /** Of whom there are too many to count each. */
    static final Actor OTHERS = new Actor("others", "");

    private final Map<Actor, Bucket> actors = new LinkedHashMap<>(16, 0.75f, true);
    private final Bucket all = new Bucket(OF_ALL, OF_ALL);

    /** How many of the actor were left out before this one; -1 where this one is left out too. */
    synchronized long spend(Actor actor, Instant now) {
        Bucket bucket = bucket(actor);
        bucket.refill(now);
        all.refill(now);
        if (bucket.tokens < 1 || all.tokens < 1) {
            bucket.leftOut++;
            return -1;
        }
        bucket.tokens--;
        all.tokens--;
        return bucket.takeLeftOut();
    }

    /** Those left out, by actor; and forgets actors of whom nothing is to be remembered. */
    synchronized Map<Actor, Long> takeLeftOut(Instant now) {
        Map<Actor, Long> left = new HashMap<>();
        actors.forEach((actor, bucket) -> {
            bucket.refill(now);
            long count = bucket.takeLeftOut();
            if (count > 0) {
                left.put(actor, count);
            }
        });
        actors.values().removeIf(bucket -> bucket.tokens >= OF_ACTOR);
        return left;
    }

    private Bucket bucket(Actor actor) {
        return actors.size() >= MOST_ACTORS && !actors.containsKey(actor)
                ? actors.computeIfAbsent(OTHERS, any -> new Bucket(OF_ACTOR, 1))
                : actors.computeIfAbsent(actor, any -> new Bucket(OF_ACTOR, 1));
    }

    private static final class Bucket {
        private final int size;
        private final int everySecond;
        private double tokens;
        private long leftOut;
        private Instant seen = Instant.MIN;

        Bucket(int size, int everySecond) {
            this.size = size;
            this.everySecond = everySecond;
            this.tokens = size;
        }

        void refill(Instant now) {
            if (seen.isBefore(now)) {
                double seconds = seen.equals(Instant.MIN)
                        ? 0
                        : (double) Duration.between(seen, now).toMillis() / SECOND.toMillis();
                tokens = Math.min(size, tokens + seconds * everySecond);
                seen = now;
            }
        }

        long takeLeftOut() {
            long count = leftOut;
            leftOut = 0;
            return count;
        }
    }
}
