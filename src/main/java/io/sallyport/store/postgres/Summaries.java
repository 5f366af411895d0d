package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.Panache;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionFilter;
import io.sallyport.domain.RevisionSummary;
import io.sallyport.domain.RevisionSummary.Action;
import io.sallyport.domain.RevisionSummary.Counts;
import io.sallyport.domain.RevisionSummary.Touch;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The history without what was written: nothing of a resource is read but whether it was new. */
final class Summaries {
    private static final String CREATED =
            "resource ->> 'generation' = '1' AND resource -> 'created' = resource -> 'updated'";
    private static final String TOUCHED = """
            SELECT revision, kind, namespace, name, what,
                count(*) FILTER (WHERE told AND what = 'CREATED') OVER each AS created,
                count(*) FILTER (WHERE told AND what = 'REPLACED') OVER each AS replaced,
                count(*) FILTER (WHERE told AND what = 'DELETED') OVER each AS deleted,
                bool_and(told) OVER each AS whole,
                told,
                row_number() OVER (PARTITION BY revision, told ORDER BY position) AS place
            FROM (
                SELECT revision, position, kind, namespace, name, (:everywhere OR namespace IN (:within)) AS told,
                    CASE WHEN resource IS NULL THEN 'DELETED' WHEN %s THEN 'CREATED' ELSE 'REPLACED' END AS what
                FROM history WHERE revision IN (:revisions)) touched
            WINDOW each AS (PARTITION BY revision)
            """.formatted(CREATED);

    private Summaries() {}

    static List<RevisionSummary> of(RevisionFilter filter, Revision before, int limit) {
        List<RevisionRow> revisions = revisions(filter, before, limit);
        if (revisions.isEmpty()) {
            return List.of();
        }
        Map<Long, List<Touched>> touched = touched(filter, revisions);
        return revisions.stream()
                .map(row -> summary(row, touched.getOrDefault(row.revision, List.of())))
                .toList();
    }

    private static List<RevisionRow> revisions(RevisionFilter filter, Revision before, int limit) {
        List<String> conditions = new ArrayList<>(List.of("r.revision < :before"));
        Map<String, Object> parameters = new HashMap<>(Map.of("before", before.number()));
        filter.author().forEach(author -> add(conditions, parameters, "r.author = :author", "author", author));
        filter.since().forEach(since -> add(conditions, parameters, "r.madeAt >= :since", "since", since));
        filter.until().forEach(until -> add(conditions, parameters, "r.madeAt < :until", "until", until));
        if (filter.looksAtChanges()) {
            conditions.add(changed(filter, parameters));
        }
        var query = entities()
                .createQuery(
                        "FROM RevisionRow r WHERE %s ORDER BY r.revision DESC"
                                .formatted(String.join(" AND ", conditions)),
                        RevisionRow.class);
        parameters.forEach(query::setParameter);
        return query.setMaxResults(limit).getResultList();
    }

    private static String changed(RevisionFilter filter, Map<String, Object> parameters) {
        List<String> conditions = new ArrayList<>(List.of("h.id.revision = r.revision"));
        filter.within()
                .forEach(ignored -> add(conditions, parameters, "h.namespace IN :within", "within", within(filter)));
        filter.kind().stream()
                .map(Kind::documentName)
                .forEach(kind -> add(conditions, parameters, "h.kind = :kind", "kind", kind));
        filter.namespace().stream()
                .map(Name::value)
                .forEach(own -> add(conditions, parameters, "h.namespace = :namespace", "namespace", own));
        filter.name().stream()
                .map(Name::value)
                .forEach(name -> add(conditions, parameters, "h.name = :name", "name", name));
        return "EXISTS (SELECT 1 FROM HistoryRow h WHERE %s)".formatted(String.join(" AND ", conditions));
    }

    private static List<String> within(RevisionFilter filter) {
        return filter.within().stream().flatMap(Set::stream).map(Name::value).toList();
    }

    private static void add(
            List<String> conditions, Map<String, Object> parameters, String condition, String name, Object value) {
        conditions.add(condition);
        parameters.put(name, value);
    }

    private static Map<Long, List<Touched>> touched(RevisionFilter filter, List<RevisionRow> revisions) {
        List<?> rows = entities()
                .createNativeQuery(
                        "SELECT * FROM (%s) counted WHERE told AND place <= %d ORDER BY revision, place"
                                .formatted(TOUCHED, RevisionSummary.MOST_NAMED),
                        Object[].class)
                .setParameter(
                        "revisions", revisions.stream().map(row -> row.revision).toList())
                .setParameter("everywhere", filter.within().isEmpty())
                .setParameter("within", within(filter))
                .getResultList();
        return rows.stream().map(row -> Touched.of((Object[]) row)).collect(Collectors.groupingBy(Touched::revision));
    }

    private static RevisionSummary summary(RevisionRow row, List<Touched> touched) {
        return new RevisionSummary(
                new Revision(row.revision),
                row.madeAt,
                row.author,
                isWhole(touched) ? row.message : "",
                row.hash,
                touched.stream().map(Touched::touch).toList(),
                touched.isEmpty() ? new Counts(0, 0, 0) : touched.getFirst().counts());
    }

    // Nobody knows what a message speaks of, so it is for who is told all.
    private static boolean isWhole(List<Touched> touched) {
        return touched.stream().allMatch(Touched::isWhole);
    }

    private static EntityManager entities() {
        return Panache.getEntityManager();
    }

    private record Touched(long revision, Touch touch, Counts counts, boolean isWhole) {
        static Touched of(Object[] row) {
            return new Touched(
                    number(row[0]),
                    new Touch(HistoryRow.key((String) row[1], (String) row[2], (String) row[3]), Action.valueOf((String)
                            row[4])),
                    new Counts(number(row[5]), number(row[6]), number(row[7])),
                    (Boolean) row[8]);
        }

        private static long number(Object column) {
            return ((Number) column).longValue();
        }
    }
}
