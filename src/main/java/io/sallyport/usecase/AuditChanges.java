package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEntry.Outcome;
import io.sallyport.domain.change.UnapprovedWrite;
import io.sallyport.identity.Caller;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the audit trail says of a revision: each change, with the resource before and after. */
final class AuditChanges {
    private final ResourceForm form;

    AuditChanges(ResourceForm form) {
        this.form = form;
    }

    List<AuditEntry> of(Caller caller, DesiredState base, RevisionRecord record) {
        return record.changes().stream()
                .map(change -> entry(caller, base, record, change))
                .toList();
    }

    /** Of what was done without approval: one for each change, of a sort of its own. */
    List<AuditEntry> ofEmergency(Caller caller, RevisionRecord record, UnapprovedWrite without, Instant until) {
        String owed = without.owed().stream()
                .map(one -> "%s, by approval policy %s"
                        .formatted(String.join(", ", one.risks()), one.policy().getFirst()))
                .collect(Collectors.joining("; "));
        String reason = "Without approval, until %s: %s. It opens what needs approval: %s."
                .formatted(until, without.reason(), owed);
        return record.changes().stream()
                .map(change -> new AuditEntry(
                        record.at(),
                        caller.actor(),
                        caller.asked(),
                        List.of(change.key()),
                        Outcome.EMERGENCY,
                        0,
                        reason,
                        record.revision(),
                        "",
                        "",
                        0))
                .toList();
    }

    private AuditEntry entry(Caller caller, DesiredState base, RevisionRecord record, Change change) {
        return new AuditEntry(
                record.at(),
                caller.actor(),
                caller.asked(),
                List.of(change.key()),
                Outcome.DONE,
                0,
                record.message(),
                record.revision(),
                text(base.find(change.key()).stream()),
                text(after(change)),
                0);
    }

    private static Stream<Resource<?>> after(Change change) {
        return switch (change) {
            case Change.Put put -> Stream.of(put.resource());
            case Change.Delete ignored -> Stream.of();
        };
    }

    private String text(Stream<Resource<?>> resource) {
        return resource.map(form::text).findFirst().orElse("");
    }
}
