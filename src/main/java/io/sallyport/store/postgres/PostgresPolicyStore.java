package io.sallyport.store.postgres;

import io.quarkus.panache.common.Sort;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionFilter;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.RevisionSummary;
import io.sallyport.domain.approval.About;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.WriteTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Keeps everything in PostgreSQL. */
@Singleton
public final class PostgresPolicyStore implements PolicyStore {
    private final StoredSpecs specs;
    private final History history;

    @Inject
    PostgresPolicyStore(StoredSpecs specs) {
        this.specs = specs;
        this.history = new History(specs);
    }

    @Override
    public Revision head() {
        return Transactions.read(PostgresPolicyStore::readHead);
    }

    @Override
    public DesiredState load() {
        return Transactions.readAtOneMoment(() -> {
            List<Resource<?>> resources;
            try (Stream<ResourceRow> rows = ResourceRow.<ResourceRow>streamAll(Sort.by("id"))) {
                resources = rows.<Resource<?>>map(row -> row.toResource(specs)).toList();
            }
            return DesiredState.of(readHead(), resources);
        });
    }

    @Override
    public Optional<DesiredState> loadAt(Revision revision) {
        return Transactions.readAtOneMoment(() -> {
            if (revision.isAfter(readHead())) {
                return Optional.empty();
            }
            return Optional.of(DesiredState.EMPTY.with(revision, history.lastChangesUpTo(revision)));
        });
    }

    @Override
    public List<RevisionRecord> revisionsAfter(Revision revision, int limit) {
        return Transactions.read(() -> history.after(revision, limit));
    }

    @Override
    public List<RevisionRecord> revisionsBefore(Revision revision, int limit) {
        return Transactions.read(() -> history.before(revision, limit));
    }

    @Override
    public Optional<RevisionRecord> revision(Revision revision) {
        return Transactions.read(() -> history.of(revision).stream().findFirst());
    }

    @Override
    public List<Change> changesBack(Revision from, Revision to) {
        return Transactions.readAtOneMoment(() -> history.changesBack(from, to));
    }

    @Override
    public List<RevisionSummary> summaries(RevisionFilter filter, Revision before, int limit) {
        return Transactions.readAtOneMoment(() -> Summaries.of(filter, before, limit));
    }

    @Override
    public Optional<Confirmation> confirmation(Revision revision) {
        return Transactions.read(() -> ConfirmationRow.of(revision));
    }

    @Override
    public List<Confirmation> pendingEmergencies() {
        return Transactions.read(ConfirmationRow::pendingEmergencies);
    }

    @Override
    public List<Approval> approvals(About about) {
        return Transactions.read(() -> ApprovalRow.of(about));
    }

    @Override
    public List<Confirmation> dueConfirmations(Instant now, int limit) {
        return Transactions.read(() -> ConfirmationRow.due(now, limit));
    }

    @Override
    public <T> T write(Function<WriteTransaction, T> work) {
        return Transactions.write(() -> work.apply(new PostgresWriteTransaction(HeadRow.locked(), specs)));
    }

    private static Revision readHead() {
        return new Revision(HeadRow.read().revision);
    }
}
