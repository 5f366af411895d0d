package io.sallyport.store.memory;

import io.sallyport.domain.change.ChangeSet;
import io.sallyport.store.ChangeSetStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Drafts, until the process ends; a concurrent map. */
public final class InMemoryChangeSetStore implements ChangeSetStore {
    private final Map<UUID, ChangeSet> all = new ConcurrentHashMap<>();

    @Override
    public Optional<ChangeSet> find(UUID id, Instant now) {
        return alive(now).filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public List<ChangeSet> list(Instant now, int limit) {
        return alive(now)
                .sorted(Comparator.comparing((ChangeSet one) -> one.updated().at())
                        .reversed()
                        .thenComparing(ChangeSet::id))
                .limit(limit)
                .toList();
    }

    @Override
    public long draftsOf(String owner, Instant now) {
        return alive(now)
                .filter(one -> one.owner().equals(owner) && one.isDraft())
                .count();
    }

    @Override
    public void create(ChangeSet changeSet, Instant now) {
        all.values().removeIf(one -> !one.expiresAt().isAfter(now));
        put(changeSet);
    }

    @Override
    public boolean replace(ChangeSet changeSet) {
        return find(changeSet.id(), Instant.MIN)
                .filter(stored -> isAfter(stored, changeSet) && all.replace(stored.id(), stored, changeSet))
                .isPresent();
    }

    boolean isNext(ChangeSet changeSet) {
        return find(changeSet.id(), Instant.MIN)
                .filter(stored -> isAfter(stored, changeSet))
                .isPresent();
    }

    void put(ChangeSet changeSet) {
        all.put(changeSet.id(), changeSet);
    }

    private static boolean isAfter(ChangeSet stored, ChangeSet next) {
        return stored.version() == next.version() - 1;
    }

    private Stream<ChangeSet> alive(Instant now) {
        return all.values().stream().filter(one -> one.expiresAt().isAfter(now));
    }
}
