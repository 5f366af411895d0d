package io.sallyport.store.postgres;

import io.sallyport.domain.Change;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.store.WriteTransaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lives as long as the transaction that locked the head. */
final class PostgresWriteTransaction implements WriteTransaction {
    private final HeadRow head;

    PostgresWriteTransaction(HeadRow locked) {
        head = locked;
    }

    @Override
    public Revision head() {
        return new Revision(head.revision);
    }

    @Override
    public List<RevisionRecord> revisionsAfter(Revision revision) {
        return History.after(revision, Integer.MAX_VALUE);
    }

    @Override
    public RevisionRecord append(Instant at, String author, String message, List<Change> changes) {
        Revision next = head().next();
        WriteTransaction.check(next, changes);
        RevisionRecord record = HashChain.sealed(head.hash, new RevisionRecord(next, at, author, message, "", changes));
        new RevisionRow(record).persist();
        for (int position = 0; position < changes.size(); position++) {
            new HistoryRow(next.number(), position, changes.get(position)).persist();
            apply(changes.get(position));
        }
        head.revision = next.number();
        head.hash = record.hash();
        return record;
    }

    private static void apply(Change change) {
        ResourceId id = ResourceId.of(change.key());
        @Nullable ResourceRow row = ResourceRow.findById(id);
        switch (change) {
            case Change.Put put when row == null -> new ResourceRow(put.resource()).persist();
            case Change.Put put -> row.set(put.resource());
            case Change.Delete ignored -> {
                if (row != null) {
                    row.delete();
                }
            }
        }
    }
}
