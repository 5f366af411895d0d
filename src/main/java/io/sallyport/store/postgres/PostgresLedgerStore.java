package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.Panache;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.agent.Denial;
import io.sallyport.domain.agent.ListenerProof;
import io.sallyport.domain.agent.Quarantine;
import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.store.LedgerStore;
import jakarta.inject.Singleton;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Keeps what is known of agents in PostgreSQL. A batch is one statement per table; nobody waits for the disk. */
@Singleton
public final class PostgresLedgerStore implements LedgerStore {
    // No transaction lasts longer than ten seconds, and what it writes bears the time of its beginning.
    private static final Duration OVERLAP = Duration.ofSeconds(11);
    private static final int MOST_DENIALS = 2_000;
    private static final int MOST_QUARANTINES = 10_000;

    @Override
    public void write(String replica, Batch batch) {
        Transactions.write(() -> {
            update("SET LOCAL synchronous_commit = off");
            update("""
                    INSERT INTO replicas (replica, seen_at) VALUES (?1, now())
                    ON CONFLICT (replica) DO UPDATE SET seen_at = excluded.seen_at""", replica);
            if (!batch.agents().isEmpty()) {
                update("""
                        INSERT INTO agents (id, replica, status, gone_at, changed_at)
                        SELECT id, ?1, status, gone_at, now()
                        FROM jsonb_to_recordset(CAST(?2 AS jsonb)) AS told (id text, status jsonb, gone_at timestamptz)
                        ON CONFLICT (id) DO UPDATE
                        SET status = excluded.status, gone_at = excluded.gone_at, changed_at = excluded.changed_at""", replica, LedgerJson.agents(batch.agents()));
            }
            if (!batch.proofs().isEmpty()) {
                update("""
                        INSERT INTO listener_proofs
                        SELECT ?1, client_id, namespace, gateway, node_id, listener, fingerprint,
                            now() - make_interval(secs => age)
                        FROM jsonb_to_recordset(CAST(?2 AS jsonb)) AS told (client_id text, namespace text, gateway text,
                            node_id text, listener text, fingerprint text, age double precision)
                        ON CONFLICT (replica, client_id, namespace, gateway, node_id, listener) DO UPDATE
                        SET fingerprint = excluded.fingerprint, at = excluded.at""", replica, LedgerJson.proofs(batch.proofs(), Instant.now()));
            }
            if (!batch.denials().isEmpty()) {
                update("""
                        INSERT INTO denials (replica, at, denial)
                        SELECT ?1, now(), value FROM jsonb_array_elements(CAST(?2 AS jsonb))""", replica, LedgerJson.denials(batch.denials()));
            }
            if (!batch.quarantines().isEmpty()) {
                update("""
                        INSERT INTO agent_quarantine (agent, replica, quarantine, changed_at)
                        SELECT encode(sha256(convert_to(value ->> 'agent', 'UTF8')), 'hex'), ?1, value, now()
                        FROM jsonb_array_elements(CAST(?2 AS jsonb))
                        ON CONFLICT (agent) DO UPDATE
                        SET replica = excluded.replica, quarantine = excluded.quarantine, changed_at = excluded.changed_at""", replica, LedgerJson.quarantines(batch.quarantines()));
            }
            return true;
        });
    }

    @Override
    public void forget(Duration age) {
        String old = "now() - make_interval(secs => CAST(?1 AS double precision))";
        long seconds = age.toSeconds();
        Transactions.write(() -> {
            update("DELETE FROM agents WHERE gone_at < " + old, seconds);
            update(
                    "DELETE FROM agents WHERE replica NOT IN (SELECT replica FROM replicas WHERE seen_at >= " + old
                            + ")",
                    seconds);
            update("DELETE FROM replicas WHERE seen_at < " + old, seconds);
            update("DELETE FROM listener_proofs WHERE at < " + old, seconds);
            update("DELETE FROM denials WHERE id <= (SELECT max(id) FROM denials) - ?1", MOST_DENIALS);
            update(
                    "DELETE FROM agent_quarantine WHERE agent IN"
                            + " (SELECT agent FROM agent_quarantine ORDER BY changed_at DESC OFFSET ?1)",
                    MOST_QUARANTINES);
            return true;
        });
    }

    @Override
    public News readOthers(String replica, Mark since) {
        return Transactions.readAtOneMoment(() -> {
            Instant now = rows("SELECT " + seconds("now()"))
                    .map(row -> instant(row, 0))
                    .findFirst()
                    .orElseThrow();
            double from = since.time().minus(OVERLAP).toEpochMilli() / 1000.0;
            List<Told> agents = rows(
                            "SELECT replica, CAST(status AS text) FROM agents WHERE replica <> ?1 AND changed_at >= to_timestamp(?2)",
                            replica,
                            from)
                    .map(row -> new Told(row.get(0, String.class), LedgerJson.agent(row.get(1, String.class))))
                    .toList();
            Map<String, Duration> silences = new LinkedHashMap<>();
            rows("SELECT replica, " + seconds("seen_at") + " FROM replicas")
                    .forEach(row -> silences.put(row.get(0, String.class), Duration.between(instant(row, 1), now)));
            List<ListenerProof> proofs = rows(
                            "SELECT client_id, namespace, gateway, node_id, listener, fingerprint, " + seconds("at")
                                    + " FROM listener_proofs WHERE replica <> ?1 AND at >= to_timestamp(?2)",
                            replica,
                            from)
                    .map(PostgresLedgerStore::proof)
                    .toList();
            List<Quarantine> quarantines = rows(
                            "SELECT CAST(quarantine AS text) FROM agent_quarantine"
                                    + " WHERE replica <> ?1 AND changed_at >= to_timestamp(?2)",
                            replica,
                            from)
                    .map(row -> LedgerJson.quarantine(row.get(0, String.class)))
                    .toList();
            return news(new Mark(now, since.denial()), agents, silences, proofs, quarantines, replica);
        });
    }

    private static News news(
            Mark mark,
            List<Told> agents,
            Map<String, Duration> silences,
            List<ListenerProof> proofs,
            List<Quarantine> quarantines,
            String replica) {
        List<Tuple> denials = rows(
                        "SELECT id, replica, CAST(denial AS text) FROM denials WHERE id > ?1 ORDER BY id",
                        mark.denial())
                .toList();
        long last = denials.isEmpty() ? mark.denial() : denials.getLast().get(0, Long.class);
        List<Denial> others = denials.stream()
                .filter(row -> !row.get(1, String.class).equals(replica))
                .map(row -> LedgerJson.denial(row.get(2, String.class)))
                .toList();
        return new News(new Mark(mark.time(), last), agents, silences, proofs, others, quarantines);
    }

    private static ListenerProof proof(Tuple row) {
        AgentName agent = new AgentName(
                AgentPrincipal.parse(row.get(0, String.class)),
                ResourceName.of(row.get(1, String.class), row.get(2, String.class)),
                row.get(3, String.class));
        return new ListenerProof(agent, row.get(4, String.class), row.get(5, String.class), instant(row, 6));
    }

    private static String seconds(String time) {
        return "CAST(extract(epoch FROM " + time + ") AS double precision)";
    }

    private static Instant instant(Tuple row, int column) {
        return Instant.ofEpochMilli(Math.round(row.get(column, Double.class) * 1000));
    }

    private static Stream<Tuple> rows(String sql, Object... parameters) {
        List<?> rows = bound(Panache.getEntityManager().createNativeQuery(sql, Tuple.class), parameters)
                .getResultList();
        return rows.stream().map(Tuple.class::cast);
    }

    private static void update(String sql, Object... parameters) {
        bound(Panache.getEntityManager().createNativeQuery(sql), parameters).executeUpdate();
    }

    private static Query bound(Query query, Object... parameters) {
        for (int index = 0; index < parameters.length; index++) {
            query.setParameter(index + 1, parameters[index]);
        }
        return query;
    }
}
