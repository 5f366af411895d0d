package io.sallyport.usecase;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A transaction of several writers: each sees what those before it appended, without asking the store for it. */
final class SharedTransaction implements WriteTransaction {
    private final WriteTransaction transaction;
    private final List<AuditEntry> audited = new ArrayList<>();
    private List<RevisionRecord> known = new ArrayList<>();
    private Revision since;
    private int writes;

    SharedTransaction(WriteTransaction transaction) {
        this.transaction = transaction;
        since = transaction.head();
    }

    @Override
    public Revision head() {
        return transaction.head();
    }

    @Override
    public List<RevisionRecord> revisionsAfter(Revision revision) {
        if (since.isAfter(revision)) {
            known = new ArrayList<>(transaction.revisionsAfter(revision));
            since = revision;
        }
        return known.stream()
                .filter(record -> record.revision().isAfter(revision))
                .toList();
    }

    @Override
    public RevisionRecord append(Instant at, String author, String message, List<Change> changes) {
        writes++;
        RevisionRecord record = transaction.append(at, author, message, changes);
        known.add(record);
        return record;
    }

    /** The chain is locked once for all of them, at the end. */
    @Override
    public void audit(List<AuditEntry> entries) {
        writes++;
        audited.addAll(entries);
    }

    @Override
    public Optional<Confirmation> confirmation(Revision revision) {
        return transaction.confirmation(revision);
    }

    @Override
    public void put(Confirmation confirmation) {
        writes++;
        transaction.put(confirmation);
    }

    @Override
    public List<Approval> approvals(About about) {
        return transaction.approvals(about);
    }

    @Override
    public void put(About about, Approval approval) {
        writes++;
        transaction.put(about, approval);
    }

    @Override
    public boolean withdraw(About about, String approver) {
        writes++;
        return transaction.withdraw(about, approver);
    }

    @Override
    public boolean replace(ChangeSet changeSet) {
        boolean replaced = transaction.replace(changeSet);
        writes += replaced ? 1 : 0;
        return replaced;
    }

    /** Tells when something was written. */
    int writes() {
        return writes;
    }

    /** Nobody comes after. */
    void end() {
        if (!audited.isEmpty()) {
            transaction.audit(audited);
        }
    }
}
