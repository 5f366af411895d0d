package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What this replica has written and does not serve yet. Put there by many threads, taken by one. */
final class Handed {
    private final NavigableMap<Revision, RevisionRecord> records = new ConcurrentSkipListMap<>();

    void put(RevisionRecord record) {
        records.put(record.revision(), record);
    }

    /** Those that come right after a revision; none where another replica wrote in between. */
    List<RevisionRecord> takeAfter(Revision revision) {
        List<RevisionRecord> taken = new ArrayList<>();
        Revision next = revision.next();
        for (RevisionRecord record = records.remove(next); record != null; record = records.remove(next)) {
            taken.add(record);
            next = next.next();
        }
        records.headMap(next).clear();
        return taken;
    }
}
