package io.sallyport.domain.audit;

import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.audit.AuditEntry.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Which events are wanted: all conditions hold. Lists without a remark have at most one entry, and mean any where empty.
 *
 * @param actor a name or an id
 * @param within the namespaces that the subject must be of; any subject, and none, where absent (an empty list)
 * @param since included
 * @param until excluded
 */
public record AuditFilter(
        List<String> actor,
        List<Set<Name>> within,
        List<Kind> kind,
        List<Name> name,
        List<Outcome> outcome,
        List<Instant> since,
        List<Instant> until) {
    public static final AuditFilter ALL =
            new AuditFilter(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public AuditFilter {
        actor = List.copyOf(actor);
        within = within.stream().map(Set::copyOf).toList();
        kind = List.copyOf(kind);
        name = List.copyOf(name);
        outcome = List.copyOf(outcome);
        since = List.copyOf(since);
        until = List.copyOf(until);
    }

    public AuditFilter within(Set<Name> namespaces) {
        return new AuditFilter(actor, List.of(namespaces), kind, name, outcome, since, until);
    }

    public boolean accepts(AuditEvent event) {
        AuditEntry entry = event.entry();
        return (actor.isEmpty()
                        || actor.contains(entry.actor().name())
                        || actor.contains(entry.actor().id()))
                && (within.isEmpty()
                        || entry.subject().stream()
                                .anyMatch(key -> within.getFirst().contains(key.namespace())))
                && (kind.isEmpty() || entry.subject().stream().anyMatch(key -> kind.contains(key.kind())))
                && (name.isEmpty()
                        || entry.subject().stream()
                                .anyMatch(key -> name.contains(key.name().name())))
                && (outcome.isEmpty() || outcome.contains(entry.outcome()))
                && since.stream().noneMatch(entry.at()::isBefore)
                && until.stream().allMatch(entry.at()::isBefore);
    }
}
