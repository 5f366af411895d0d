package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.Panache;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutEvent;
import io.sallyport.store.RolloutStore;
import jakarta.inject.Singleton;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keeps rollouts in PostgreSQL. The row of a gateway is locked first, so that its events are there in their order. */
@Singleton
public final class PostgresRolloutStore implements RolloutStore {
    private static final String COLUMNS =
            "namespace, name, version, stable, candidate, phase, step, below, since, met_since, reason, by";
    private static final String VALUES =
            "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, CAST(?9 AS timestamptz), CAST(NULLIF(?10, '') AS timestamptz), ?11, ?12";
    private static final String READ = "namespace, name, version, stable, candidate, phase, step, below, "
            + micros("since") + ", " + micros("met_since") + ", reason, by";

    @Override
    public List<Rollout> all() {
        return Transactions.read(() -> rows("SELECT " + READ + " FROM rollouts ORDER BY namespace, name", List.of())
                .map(row -> rollout(row, 0))
                .toList());
    }

    @Override
    public boolean replace(Rollout rollout, List<RolloutEvent> events, List<AuditEntry> audit) {
        return Transactions.write(() -> {
            int written = rollout.version() == 1
                    ? update(
                            "INSERT INTO rollouts (" + COLUMNS + ") VALUES (" + VALUES + ") ON CONFLICT DO NOTHING",
                            values(rollout))
                    : update(
                            "UPDATE rollouts SET (" + COLUMNS + ") = ROW(" + VALUES
                                    + ") WHERE namespace = ?1 AND name = ?2 AND version = ?3 - 1",
                            values(rollout));
            if (written == 0) {
                return false;
            }
            for (RolloutEvent event : events) {
                List<Object> values = new ArrayList<>(values(event.rollout()));
                values.add(event.type().name());
                int ignored = update(
                        "INSERT INTO rollout_events (" + COLUMNS + ", type) VALUES (" + VALUES + ", ?13)", values);
            }
            if (!audit.isEmpty()) {
                AuditHeadRow.locked().append(audit);
            }
            return true;
        });
    }

    @Override
    public void forget(Rollout rollout) {
        int ignored = Transactions.write(() -> update(
                "DELETE FROM rollouts WHERE namespace = ?1 AND name = ?2 AND version = ?3",
                List.of(namespace(rollout.gateway()), name(rollout.gateway()), rollout.version())));
    }

    @Override
    public List<RolloutEvent> eventsAfter(ResourceName gateway, long sequence, int limit) {
        return Transactions.read(() -> rows(
                        "SELECT sequence, type, " + READ + " FROM rollout_events"
                                + " WHERE namespace = ?1 AND name = ?2 AND sequence > ?3 ORDER BY sequence LIMIT ?4",
                        List.of(namespace(gateway), name(gateway), sequence, limit))
                .map(PostgresRolloutStore::event)
                .toList());
    }

    @Override
    public List<RolloutEvent> lastEvents(ResourceName gateway, int limit) {
        return Transactions.read(() -> rows(
                        "SELECT sequence, type, " + READ + " FROM rollout_events"
                                + " WHERE namespace = ?1 AND name = ?2 ORDER BY sequence DESC LIMIT ?3",
                        List.of(namespace(gateway), name(gateway), limit))
                .map(PostgresRolloutStore::event)
                .toList()
                .reversed());
    }

    private static List<Object> values(Rollout rollout) {
        Instant met = rollout.metSince();
        return List.of(
                namespace(rollout.gateway()),
                name(rollout.gateway()),
                rollout.version(),
                rollout.stable().number(),
                rollout.candidate().number(),
                rollout.phase().name(),
                rollout.step(),
                rollout.below(),
                rollout.since().toString(),
                met.equals(Instant.MAX) ? "" : met.toString(),
                rollout.reason(),
                rollout.by());
    }

    private static RolloutEvent event(Tuple row) {
        return new RolloutEvent(
                row.get(0, Long.class), RolloutEvent.Type.valueOf(row.get(1, String.class)), rollout(row, 2));
    }

    private static Rollout rollout(Tuple row, int first) {
        return new Rollout(
                ResourceName.of(row.get(first, String.class), row.get(first + 1, String.class)),
                new Revision(row.get(first + 3, Long.class)),
                new Revision(row.get(first + 4, Long.class)),
                Rollout.Phase.valueOf(row.get(first + 5, String.class)),
                row.get(first + 6, Integer.class),
                row.get(first + 7, Integer.class),
                instant(row.get(first + 8, Long.class)),
                row.get(first + 9) == null ? Instant.MAX : instant(row.get(first + 9, Long.class)),
                row.get(first + 10, String.class),
                row.get(first + 11, String.class),
                row.get(first + 2, Long.class));
    }

    private static String micros(String time) {
        return "CAST(extract(epoch FROM " + time + ") * 1000000 AS bigint)";
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static String namespace(ResourceName name) {
        return name.namespace().value();
    }

    private static String name(ResourceName name) {
        return name.name().value();
    }

    private static Stream<Tuple> rows(String sql, List<Object> parameters) {
        List<?> rows = bound(Panache.getEntityManager().createNativeQuery(sql, Tuple.class), parameters)
                .getResultList();
        return rows.stream().map(Tuple.class::cast);
    }

    private static int update(String sql, List<Object> parameters) {
        return bound(Panache.getEntityManager().createNativeQuery(sql), parameters)
                .executeUpdate();
    }

    private static Query bound(Query query, List<Object> parameters) {
        for (int index = 0; index < parameters.size(); index++) {
            query.setParameter(index + 1, parameters.get(index));
        }
        return query;
    }
}
