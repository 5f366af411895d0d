package io.sallyport.store.postgres;

import io.sallyport.domain.change.ChangeSet;
import io.sallyport.store.ChangeSetStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Drafts in PostgreSQL. */
@Singleton
public final class PostgresChangeSetStore implements ChangeSetStore {
    private final StoredSpecs specs;

    @Inject
    PostgresChangeSetStore(StoredSpecs specs) {
        this.specs = specs;
    }

    @Override
    public Optional<ChangeSet> find(UUID id, Instant now) {
        return Transactions.read(() -> ChangeSetRow.<ChangeSetRow>find("id = ?1 and expiresAt > ?2", id, now)
                .firstResultOptional()
                .map(row -> row.toChangeSet(StoredDraft.read(row.changes, specs))));
    }

    @Override
    public List<ChangeSet> list(Instant now, int limit) {
        return Transactions.read(() ->
                ChangeSetRow.<ChangeSetRow>find("expiresAt > ?1 order by updatedAt desc, id", now)
                        .page(0, limit)
                        .stream()
                        .map(row -> row.toChangeSet(StoredDraft.read(row.changes, specs)))
                        .toList());
    }

    @Override
    public long draftsOf(String owner, Instant now) {
        return Transactions.read(() -> ChangeSetRow.count(
                "owner = ?1 and state = ?2 and expiresAt > ?3", owner, ChangeSet.State.DRAFT.name(), now));
    }

    @Override
    public void create(ChangeSet changeSet, Instant now) {
        Transactions.write(() -> {
            ChangeSetRow.delete("expiresAt <= ?1", now);
            new ChangeSetRow(changeSet, specs).persist();
            return changeSet;
        });
    }

    @Override
    public boolean replace(ChangeSet changeSet) {
        return Transactions.write(() -> ChangeSetRow.replace(changeSet, specs));
    }
}
