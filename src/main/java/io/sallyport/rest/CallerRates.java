package io.sallyport.rest;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each caller, of this replica. Callers that were seen last are remembered; one that is forgotten
 * begins anew with a full bucket, which is what it had by then.
 */
// A proxy, since filters are made before settings are read.
@ApplicationScoped
public class CallerRates {
    private static final int MOST_CALLERS = 10_000;
    private static final double NANOS = 1e9;

    private final String who;
    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoClock;
    // Guarded by itself; the one that was used longest ago comes first.
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    @Inject
    CallerRates(RateSettings settings) {
        this("A caller", settings.requestsPerSecond(), settings.burst(), System::nanoTime);
    }

    CallerRates(String who, double perSecond, double burst, LongSupplier nanoClock) {
        this.who = who;
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoClock = nanoClock;
    }

    /** Throws {@code Busy} where the caller has asked too often. */
    void take(String caller) {
        if (perSecond <= 0) {
            return;
        }
        double missing;
        synchronized (buckets) {
            missing = buckets.computeIfAbsent(caller, unseen -> new Bucket(burst, nanoClock.getAsLong()))
                    .take(nanoClock.getAsLong());
            if (buckets.size() > MOST_CALLERS) {
                buckets.remove(buckets.keySet().iterator().next());
            }
        }
        if (missing > 0) {
            throw new FailureException(new Failure.Busy(
                    "%s has %s requests a second, %s at once: slow down."
                            .formatted(who, number(perSecond), number(burst)),
                    Duration.ofNanos((long) (missing / perSecond * NANOS))));
        }
    }

    int known() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Guarded by the map that holds it. */
    private final class Bucket {
        private double tokens;
        private long at;

        Bucket(double tokens, long at) {
            this.tokens = tokens;
            this.at = at;
        }

        /** What is missing to one token; none where it was taken. */
        double take(long now) {
            tokens = Math.min(burst, tokens + (now - at) / NANOS * perSecond);
            at = now;
            if (tokens < 1) {
                return 1 - tokens;
            }
            tokens--;
            return 0;
        }
    }
}
