package io.sallyport.usecase;

import io.sallyport.domain.FailureException;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEntry.Actor;
import io.sallyport.domain.audit.AuditEntry.Asked;
import io.sallyport.domain.audit.AuditEntry.Outcome;
import io.sallyport.identity.Caller;
import io.sallyport.store.AuditTrail;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Records attempts to write that were refused. Refusals cost a caller nothing, so each actor has a bounded number of them
 * recorded; the others are counted, and the number stands in the next event of that actor, or in one of its own soon.
 */
public final class AuditRefusals {
    private static final Logger LOG = Logger.getLogger(AuditRefusals.class);
    private static final int LONGEST_REASON = 1000;
    // An apply may be about a thousand resources.
    private static final int MOST_SUBJECTS = 10;

    private final AuditTrail trail;
    private final RefusalBudget budget;
    private final InstantSource clock;

    public AuditRefusals(AuditTrail trail, InstantSource clock) {
        this.trail = trail;
        this.budget = new RefusalBudget();
        this.clock = clock;
    }

    /**
     * Never throws: the caller is to be told why he was refused, also where that cannot be recorded.
     *
     * @param subjects what it was about, as far as that can be told
     */
    public void record(Caller caller, List<ResourceKey> subjects, int status, String reason) {
        long leftOut = budget.spend(caller.actor(), clock.instant());
        if (leftOut >= 0) {
            append(entries(caller, subjects, status, shortened(reason), leftOut));
        }
    }

    /** Records how many were left out of actors who have not been refused since; called from time to time. */
    public void recordLeftOut() {
        Map<Actor, Long> left = budget.takeLeftOut(clock.instant());
        append(left.entrySet().stream()
                .map(each -> entry(
                        each.getKey(),
                        Asked.NOBODY,
                        List.of(),
                        0,
                        "Refused attempts that were not recorded one by one: leftOut says how many.",
                        each.getValue()))
                .toList());
    }

    private List<AuditEntry> entries(
            Caller caller, List<ResourceKey> subjects, int status, String reason, long leftOut) {
        if (subjects.isEmpty()) {
            return List.of(entry(caller.actor(), caller.asked(), List.of(), status, reason, leftOut));
        }
        List<AuditEntry> entries = new ArrayList<>();
        for (ResourceKey subject : subjects.subList(0, Math.min(MOST_SUBJECTS, subjects.size()))) {
            long left = entries.isEmpty() ? leftOut : 0;
            entries.add(entry(caller.actor(), caller.asked(), List.of(subject), status, reason, left));
        }
        return entries;
    }

    private AuditEntry entry(
            Actor actor, Asked asked, List<ResourceKey> subject, int status, String reason, long leftOut) {
        return new AuditEntry(
                clock.instant(),
                actor,
                asked,
                subject,
                Outcome.REFUSED,
                status,
                reason,
                Revision.NONE,
                "",
                "",
                leftOut);
    }

    private void append(List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            trail.append(entries);
        } catch (FailureException away) {
            LOG.warnf("refused attempts not recorded count=%d", entries.size());
        } catch (RuntimeException bug) {
            LOG.error("refused attempts not recorded", bug);
        }
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }
}
