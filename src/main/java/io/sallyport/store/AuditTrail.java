package io.sallyport.store;

import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEvent;
import io.sallyport.domain.audit.AuditEvent.Place;
import io.sallyport.domain.audit.AuditFilter;
import java.util.List;

/**
 * What was done and what was refused, in one chain. What is done is written with its revision ({@link
 * WriteTransaction#audit}); what is refused comes here. Methods may throw {@link io.sallyport.domain.FailureException}
 * with {@code Unavailable}.
 */
public interface AuditTrail {

    /** Writes events at the end of the chain, in a transaction of their own. */
    void append(List<AuditEntry> entries);

    /** Those before a place that the filter accepts, newest first, {@code limit} at most. */
    List<AuditEvent> before(long sequence, AuditFilter filter, int limit);

    /** Those after a place, as they are stored, oldest first, {@code limit} at most. */
    List<AuditEvent> after(long sequence, int limit);

    /** Where the chain ends, by what is remembered of it beside the events. */
    Place end();
}
