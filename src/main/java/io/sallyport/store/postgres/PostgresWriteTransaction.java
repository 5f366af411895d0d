package io.sallyport.store.postgres;

import io.sallyport.domain.Change;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.approval.About;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.change.ChangeSet;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.store.WriteTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lives as long as the transaction that locked the head. */
final class PostgresWriteTransaction implements WriteTransaction {
    private final HeadRow head;
    private final StoredSpecs specs;

    PostgresWriteTransaction(HeadRow locked, StoredSpecs specs) {
        head = locked;
        this.specs = specs;
    }

    @Override
    public Revision head() {
        return new Revision(head.revision);
    }

    @Override
    public List<RevisionRecord> revisionsAfter(Revision revision) {
        return new History(specs).after(revision, Integer.MAX_VALUE);
    }

    @Override
    public RevisionRecord append(Instant at, String author, String message, List<Change> changes) {
        Revision next = head().next();
        WriteTransaction.check(next, changes);
        List<StoredChange> stored =
                changes.stream().map(change -> StoredChange.of(change, specs)).toList();
        RevisionRecord record =
                HashChain.sealed(head.hash, new RevisionRecord(next, at, author, message, "", changes), stored);
        new RevisionRow(record).persist();
        for (int position = 0; position < changes.size(); position++) {
            new HistoryRow(next.number(), position, stored.get(position)).persist();
            apply(stored.get(position));
        }
        head.revision = next.number();
        head.hash = record.hash();
        return record;
    }

    @Override
    public void audit(List<AuditEntry> entries) {
        AuditHeadRow.locked().append(entries);
    }

    @Override
    public Optional<Confirmation> confirmation(Revision revision) {
        return ConfirmationRow.of(revision);
    }

    @Override
    public void put(Confirmation confirmation) {
        ConfirmationRow.put(confirmation);
    }

    @Override
    public List<Approval> approvals(About about) {
        return ApprovalRow.of(about);
    }

    @Override
    public void put(About about, Approval approval) {
        ApprovalRow.put(about, approval);
    }

    @Override
    public boolean withdraw(About about, String approver) {
        return ApprovalRow.withdraw(about, approver);
    }

    @Override
    public boolean replace(ChangeSet changeSet) {
        return ChangeSetRow.replace(changeSet, specs);
    }

    private static void apply(StoredChange stored) {
        ResourceId id = ResourceId.of(stored.change().key());
        @Nullable ResourceRow row = ResourceRow.findById(id);
        switch (stored.change()) {
            case Change.Put put when row == null -> new ResourceRow(put.resource(), specOf(stored)).persist();
            case Change.Put put -> row.set(put.resource(), specOf(stored));
            case Change.Delete ignored -> {
                if (row != null) {
                    row.delete();
                    // Else it would be deleted after whatever another writer of this transaction makes in its place.
                    ResourceRow.flush();
                }
            }
        }
    }

    private static String specOf(StoredChange put) {
        return Objects.requireNonNull(put.spec());
    }
}
