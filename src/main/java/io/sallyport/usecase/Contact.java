package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Whether the store answers; says so once per change. Written by one thread, read by others. */
final class Contact {
    private static final Logger LOG = Logger.getLogger(Contact.class);
    private static final long KEPT = Long.MIN_VALUE;

    private volatile long lostSince = KEPT;
    private volatile long heardAt = System.nanoTime();

    /** The store answered, whatever comes of it. */
    void heard() {
        heardAt = System.nanoTime();
    }

    /** It answered so long ago, to a program that ran before this one. */
    void heardBefore(Duration age) {
        heardAt = System.nanoTime() - age.toNanos();
    }

    /** For how long it has not answered, also while nobody knows yet whether it will. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardAt);
    }

    void kept(Revision revision) {
        if (lostSince != KEPT) {
            LOG.infof("store answers again revision=%s away=%s", revision, lostFor());
            lostSince = KEPT;
        }
    }

    void lost(RuntimeException reason) {
        if (lostSince == KEPT) {
            lostSince = System.nanoTime();
            LOG.warnf(reason, "store does not answer, this replica goes on with what it has");
        }
    }

    Duration lostFor() {
        long since = lostSince;
        return since == KEPT ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }
}
