package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEvent;
import io.sallyport.domain.audit.AuditEvent.Place;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.util.List;

/** Where the audit trail ends: one row, which whoever appends locks; after the head, where he locks that too. */
@Entity
@Table(name = "audit_head")
class AuditHeadRow extends PanacheEntityBase {
    @Id
    boolean onlyRow = true;

    long sequence;
    String hash = "";

    static AuditHeadRow read() {
        return AuditHeadRow.<AuditHeadRow>findAll().singleResult();
    }

    static AuditHeadRow locked() {
        return AuditHeadRow.<AuditHeadRow>findAll()
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .singleResult();
    }

    Place place() {
        return new Place(sequence, hash);
    }

    void append(List<AuditEntry> entries) {
        Place end = place();
        for (AuditEntry entry : entries) {
            AuditEvent event = AuditEvent.after(end, entry);
            new AuditRow(event).persist();
            end = event.place();
        }
        sequence = end.sequence();
        hash = end.hash();
    }
}
