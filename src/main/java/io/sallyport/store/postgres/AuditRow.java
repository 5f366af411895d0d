package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEntry.Actor;
import io.sallyport.domain.audit.AuditEntry.Asked;
import io.sallyport.domain.audit.AuditEntry.Outcome;
import io.sallyport.domain.audit.AuditEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** An event of the audit trail. Kind, namespace and name are empty where it is about no resource. */
@Entity
@Table(name = "audit_events")
class AuditRow extends PanacheEntityBase {
    @Id
    long sequence;

    @Column(name = "at")
    Instant happenedAt;

    String actor;
    String actorId;
    String request;
    String operation;
    String kind;
    String namespace;
    String name;
    String outcome;
    int status;
    String reason;
    long revision;

    // In the words of people, and as text: no later change of the stored form reaches it, or its hash.
    @Column(name = "resource_before")
    String before;

    @Column(name = "resource_after")
    String after;

    long leftOut;
    String hash;

    // For Hibernate, which fills the fields itself.
    @SuppressWarnings("NullAway")
    protected AuditRow() {}

    AuditRow(AuditEvent event) {
        AuditEntry entry = event.entry();
        List<ResourceKey> subject = entry.subject();
        sequence = event.sequence();
        happenedAt = entry.at();
        actor = entry.actor().name();
        actorId = entry.actor().id();
        request = entry.asked().id();
        operation = entry.asked().operation();
        kind = subject.isEmpty() ? "" : subject.getFirst().kind().documentName();
        namespace = subject.isEmpty() ? "" : subject.getFirst().namespace().value();
        name = subject.isEmpty() ? "" : subject.getFirst().name().name().value();
        outcome = entry.outcome().name();
        status = entry.status();
        reason = entry.reason();
        revision = entry.revision().number();
        before = entry.before();
        after = entry.after();
        leftOut = entry.leftOut();
        hash = event.hash();
    }

    AuditEvent toEvent() {
        List<ResourceKey> subject = Kind.ofDocumentName(kind).stream()
                .map(known -> ResourceKey.of(known, namespace, name))
                .toList();
        AuditEntry entry = new AuditEntry(
                happenedAt,
                new Actor(actor, actorId),
                new Asked(request, operation),
                subject,
                Outcome.valueOf(outcome),
                status,
                reason,
                new Revision(revision),
                before,
                after,
                leftOut);
        return new AuditEvent(sequence, entry, hash);
    }
}
