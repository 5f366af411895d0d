package io.sallyport.usecase;

import io.sallyport.store.OutageBundle;
import io.sallyport.store.OutageBundle.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What is served by a program that starts while its store is away: asked for once, by one thread. */
final class LastResort {
    private static final Logger LOG = Logger.getLogger(LastResort.class);

    private final OutageBundle bundle;
    private final Duration wait;
    private volatile String outcome = "";

    LastResort(OutageBundle bundle, Duration wait) {
        this.bundle = bundle;
        this.wait = wait;
    }

    /** In words; empty while it was not asked for. */
    String outcome() {
        return outcome;
    }

    /** Empty while the store may still come, and where there is nothing that may be believed. */
    Optional<Kept.Usable> take(Duration storeAway) {
        if (!outcome.isEmpty() || storeAway.compareTo(wait) < 0) {
            return Optional.empty();
        }
        return switch (bundle.read(Instant.now())) {
            case Kept.Usable kept -> {
                outcome = "The store is away; served is revision %s as of %s, from disk."
                        .formatted(kept.state().revision(), kept.asOf());
                LOG.warn(outcome);
                yield Optional.of(kept);
            }
            case Kept.Refused(String reason) -> {
                outcome = "The store is away, and the bundle on disk is not believed: %s. Agents keep what they have."
                        .formatted(reason);
                LOG.error(outcome);
                yield Optional.empty();
            }
            case Kept.Absent ignored -> {
                outcome = "The store is away, and there is no bundle on disk to be served. Agents keep what they have.";
                LOG.error(outcome);
                yield Optional.empty();
            }
        };
    }
}
