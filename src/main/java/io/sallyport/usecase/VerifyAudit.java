package io.sallyport.usecase;

import io.sallyport.domain.audit.AuditEvent;
import io.sallyport.domain.audit.AuditEvent.Place;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import io.sallyport.store.AuditTrail;
import java.util.List;
import java.util.Optional;

/** Goes through the whole audit trail, and tells the first event that is not as it was written. */
public final class VerifyAudit {
    private static final int AT_ONCE = 1000;

    private final Authorizer authorizer;
    private final AuditTrail trail;

    public VerifyAudit(Authorizer authorizer, AuditTrail trail) {
        this.authorizer = authorizer;
        this.trail = trail;
    }

    /** From the first event on, or from a place that was noted earlier, when the trail was found whole. */
    public Verdict verify(Caller caller, Place from) {
        authorizer.access(caller).checkEverywhere(Right.READ_AUDIT);
        Optional<Verdict> elsewhere = notAsNoted(from);
        return elsewhere.orElseGet(() -> walk(from, trail.end()));
    }

    // Someone who can rewrite all of the trail cannot rewrite what was noted elsewhere.
    private Optional<Verdict> notAsNoted(Place from) {
        if (from.equals(Place.START)) {
            return Optional.empty();
        }
        boolean isThere = trail.after(from.sequence() - 1, 1).stream()
                .map(AuditEvent::place)
                .anyMatch(from::equals);
        return isThere
                ? Optional.empty()
                : Optional.of(new Verdict(
                        from, List.of("Event %d is not the one that was noted.".formatted(from.sequence()))));
    }

    private Verdict walk(Place from, Place end) {
        Place last = from;
        List<AuditEvent> events = trail.after(last.sequence(), AT_ONCE);
        while (!events.isEmpty()) {
            for (AuditEvent event : events) {
                if (!event.follows(last)) {
                    return new Verdict(last, List.of(fault(event, last)));
                }
                last = event.place();
            }
            events = trail.after(last.sequence(), AT_ONCE);
        }
        return new Verdict(last, atEnd(last, end));
    }

    private static String fault(AuditEvent event, Place last) {
        return event.sequence() == last.sequence() + 1
                ? "Event %d is not as it was written, or the one before it is not.".formatted(event.sequence())
                : "After event %d comes %d: what was between them was taken out."
                        .formatted(last.sequence(), event.sequence());
    }

    // Events may have been appended since the end was read, but none can have gone.
    private static List<String> atEnd(Place last, Place end) {
        return last.sequence() < end.sequence()
                ? List.of("The trail ends at event %d, and %d were written.".formatted(last.sequence(), end.sequence()))
                : List.of();
    }

    /**
     * What was found.
     *
     * @param verified the last event up to which all is as it was written
     * @param fault what is wrong with the next; none where nothing is; at most one
     */
    public record Verdict(Place verified, List<String> fault) {
        public Verdict {
            fault = List.copyOf(fault);
        }

        public boolean isIntact() {
            return fault.isEmpty();
        }
    }
}
