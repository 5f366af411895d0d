package io.sallyport.store.postgres;

import io.quarkus.panache.common.Parameters;
import io.quarkus.panache.common.Sort;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.audit.AuditEvent;
import io.sallyport.domain.audit.AuditEvent.Place;
import io.sallyport.domain.audit.AuditFilter;
import io.sallyport.store.AuditTrail;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Keeps the audit trail in PostgreSQL, where triggers refuse to change it. */
@Singleton
public final class PostgresAuditTrail implements AuditTrail {

    @Override
    public void append(List<AuditEntry> entries) {
        Transactions.write(() -> {
            AuditHeadRow.locked().append(entries);
            return true;
        });
    }

    @Override
    public List<AuditEvent> before(long sequence, AuditFilter filter, int limit) {
        Question question = new Question(sequence);
        question.ask("(actor = :actor or actorId = :actor)", "actor", filter.actor(), Function.identity());
        question.ask(
                "namespace in :within",
                "within",
                filter.within(),
                names -> names.stream().map(Name::value).toList());
        question.ask("kind = :kind", "kind", filter.kind(), Kind::documentName);
        question.ask("name = :name", "name", filter.name(), Name::value);
        question.ask("outcome = :outcome", "outcome", filter.outcome(), Enum::name);
        question.ask("happenedAt >= :since", "since", filter.since(), Function.identity());
        question.ask("happenedAt < :until", "until", filter.until(), Function.identity());
        return Transactions.read(() -> events(question.newestFirst(limit)));
    }

    @Override
    public List<AuditEvent> after(long sequence, int limit) {
        return Transactions.read(
                () -> events(AuditRow.<AuditRow>find("sequence > ?1", Sort.ascending("sequence"), sequence)
                        .range(0, limit - 1)
                        .list()));
    }

    @Override
    public Place end() {
        return Transactions.read(() -> AuditHeadRow.read().place());
    }

    private static List<AuditEvent> events(List<AuditRow> rows) {
        return rows.stream().map(AuditRow::toEvent).toList();
    }

    /** The conditions of a query, all of which are to hold. */
    private static final class Question {
        private final List<String> conditions = new ArrayList<>(List.of("sequence < :before"));
        private final Parameters parameters;

        Question(long before) {
            parameters = Parameters.with("before", before);
        }

        <T> void ask(String condition, String name, List<T> wanted, Function<T, ?> column) {
            for (T value : wanted) {
                conditions.add(condition);
                parameters.and(name, column.apply(value));
            }
        }

        List<AuditRow> newestFirst(int limit) {
            return AuditRow.<AuditRow>find(String.join(" and ", conditions), Sort.descending("sequence"), parameters)
                    .range(0, limit - 1)
                    .list();
        }
    }
}
