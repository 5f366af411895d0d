package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.Panache;
import io.sallyport.store.KeptAnswers;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** Keeps answers in PostgreSQL: a row for each key, which its claim makes and its answer fills. */
@Singleton
public final class PostgresKeptAnswers implements KeptAnswers {
    private static final int SWEPT_AT_ONCE = 1000;

    @Override
    public Claim claim(String key, String request, Instant now, Instant since, Instant abandoned) {
        return Transactions.write(() -> {
            sweep(since);
            if (insert(key, request, now, abandoned)) {
                return new Claim.Held();
            }
            return found(key, request);
        });
    }

    // One statement, so that of those who come at once one alone gets it.
    private static boolean insert(String key, String request, Instant now, Instant abandoned) {
        return Panache.getEntityManager()
                        .createNativeQuery("""
                                INSERT INTO answers (key, request, claimed_at) VALUES (:key, :request, :now)
                                ON CONFLICT (key) DO UPDATE SET claimed_at = :now
                                WHERE answers.status IS NULL AND answers.request = :request
                                    AND answers.claimed_at < :abandoned
                                """)
                        .setParameter("key", key)
                        .setParameter("request", request)
                        .setParameter("now", now)
                        .setParameter("abandoned", abandoned)
                        .executeUpdate()
                == 1;
    }

    private static Claim found(String key, String request) {
        List<?> rows = Panache.getEntityManager()
                .createNativeQuery(
                        "SELECT request, status, headers, body FROM answers WHERE key = :key", Object[].class)
                .setParameter("key", key)
                .getResultList();
        if (rows.isEmpty()) {
            return new Claim.UnderWay();
        }
        Object[] row = (Object[]) rows.getFirst();
        if (!request.equals(row[0])) {
            return new Claim.Taken();
        }
        return row[1] == null
                ? new Claim.UnderWay()
                : new Claim.Answered(new Answer(((Number) row[1]).intValue(), (String) row[2], (String) row[3]));
    }

    // A part at a time, so that nobody pays for all that was left; who is swept by another is passed over.
    private static void sweep(Instant since) {
        int ignored = Panache.getEntityManager()
                .createNativeQuery("""
                        DELETE FROM answers WHERE key IN (
                            SELECT key FROM answers WHERE claimed_at < :since
                            ORDER BY claimed_at LIMIT :most FOR UPDATE SKIP LOCKED)
                        """)
                .setParameter("since", since)
                .setParameter("most", SWEPT_AT_ONCE)
                .executeUpdate();
    }

    @Override
    public void keep(String key, Answer answer) {
        int ignored = Transactions.write(() -> Panache.getEntityManager()
                .createNativeQuery(
                        "UPDATE answers SET status = :status, headers = :headers, body = :body WHERE key = :key")
                .setParameter("status", answer.status())
                .setParameter("headers", answer.headers())
                .setParameter("body", answer.body())
                .setParameter("key", key)
                .executeUpdate());
    }

    @Override
    public void release(String key) {
        int ignored = Transactions.write(() -> Panache.getEntityManager()
                .createNativeQuery("DELETE FROM answers WHERE key = :key AND status IS NULL")
                .setParameter("key", key)
                .executeUpdate());
    }
}
