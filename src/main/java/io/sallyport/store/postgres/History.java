package io.sallyport.store.postgres;

import io.quarkus.panache.common.Sort;
import io.sallyport.domain.Change;
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
    Stream<Change> lastChangesUpTo(Revision revision) {
        return HistoryRow.<HistoryRow>find(
                        "FROM HistoryRow h WHERE h.id.revision = (SELECT max(o.id.revision) FROM HistoryRow o"
                                + " WHERE o.kind = h.kind AND o.namespace = h.namespace AND o.name = h.name"
                                + " AND o.id.revision <= ?1)",
                        revision.number())
                .stream()
                .map(row -> row.toChange(specs));
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
