package io.sallyport.store.memory;

import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEvent;
import io.sallyport.domain.audit.AuditEvent.Place;
import io.sallyport.domain.audit.AuditFilter;
import io.sallyport.store.AuditTrail;
import java.util.ArrayList;
import java.util.List;

/** Remembers until the process ends. */
public final class InMemoryAuditTrail implements AuditTrail {
    private final List<AuditEvent> events = new ArrayList<>();

    @Override
    public synchronized void append(List<AuditEntry> entries) {
        entries.forEach(entry -> events.add(AuditEvent.after(end(), entry)));
    }

    @Override
    public synchronized List<AuditEvent> before(long sequence, AuditFilter filter, int limit) {
        return events.reversed().stream()
                .filter(event -> event.sequence() < sequence)
                .filter(filter::accepts)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<AuditEvent> after(long sequence, int limit) {
        return events.stream().skip(sequence).limit(limit).toList();
    }

    @Override
    public synchronized Place end() {
        return events.isEmpty() ? Place.START : events.getLast().place();
    }
}
