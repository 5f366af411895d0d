package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.panache.common.Sort;
import io.sallyport.domain.Change;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The history, read within a transaction. */
record History(StoredSpecs specs) {

    List<RevisionRecord> after(Revision revision, int limit) {
        return withChanges(RevisionRow.<RevisionRow>find("revision > ?1", Sort.ascending("revision"), revision.number())
                .range(0, limit - 1)
                .list());
    }

    List<RevisionRecord> before(Revision revision, int limit) {
        return withChanges(
                RevisionRow.<RevisionRow>find("revision < ?1", Sort.descending("revision"), revision.number())
                        .range(0, limit - 1)
                        .list());
    }

    List<RevisionRecord> of(Revision revision) {
        return withChanges(
                RevisionRow.<RevisionRow>find("revision", revision.number()).list());
    }

    /** What a revision left of every resource: the last change of each up to it. */
    List<Change> lastChangesUpTo(Revision revision) {
        return lastChanges("revision <= :to", Map.of("to", revision.number()), revision);
    }

    /** For each resource that was touched in between, what it was before. */
    List<Change> changesBack(Revision from, Revision to) {
        return lastChanges(
                "revision > :after AND revision <= :from", Map.of("after", to.number(), "from", from.number()), to);
    }

    // One look at the index for each resource, however long the history is.
    private List<Change> lastChanges(String touched, Map<String, Long> bounds, Revision to) {
        var query = Panache.getEntityManager()
                .createNativeQuery("""
                        SELECT key.kind, key.namespace, key.name, last.revision, CAST(last.resource AS text)
                        FROM (SELECT DISTINCT kind, namespace, name FROM history WHERE %s) key
                        LEFT JOIN LATERAL (
                            SELECT revision, resource FROM history
                            WHERE kind = key.kind AND namespace = key.namespace AND name = key.name AND revision <= :to
                            ORDER BY revision DESC LIMIT 1) last ON true
                        """.formatted(touched), Object[].class)
                .setParameter("to", to.number());
        bounds.forEach(query::setParameter);
        return ((Stream<?>) query.getResultStream())
                .map(row -> toChange((Object[]) row))
                .toList();
    }

    private Change toChange(Object[] row) {
        ResourceKey key = HistoryRow.key((String) row[0], (String) row[1], (String) row[2]);
        return row[4] == null
                ? new Change.Delete(key)
                : new Change.Put(StoredResource.read(key, ((Number) row[3]).longValue(), (String) row[4], specs));
    }

    private List<RevisionRecord> withChanges(List<RevisionRow> revisions) {
        if (revisions.isEmpty()) {
            return List.of();
        }
        List<Long> numbers = revisions.stream().map(row -> row.revision).toList();
        Map<Long, List<Change>> changes =
                HistoryRow.<HistoryRow>find("id.revision IN ?1", Sort.ascending("id.revision", "id.position"), numbers)
                        .stream()
                        .collect(Collectors.groupingBy(
                                row -> row.id.revision(),
                                Collectors.mapping(row -> row.toChange(specs), Collectors.toList())));
        return revisions.stream()
                .map(row -> row.toRecord(changes.getOrDefault(row.revision, List.of())))
                .toList();
    }
}
