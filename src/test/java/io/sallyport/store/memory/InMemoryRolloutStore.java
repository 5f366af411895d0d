package io.sallyport.store.memory;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutEvent;
import io.sallyport.store.RolloutStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keeps rollouts in memory, and can be told to be away. */
public final class InMemoryRolloutStore implements RolloutStore {
    private final SortedMap<ResourceName, Rollout> rollouts = new TreeMap<>();
    private final List<RolloutEvent> all = new ArrayList<>();
    private final List<AuditEntry> audited = new ArrayList<>();
    private boolean away;

    /** From now on every call fails as if the database were gone, or no longer so. */
    public synchronized void setAway(boolean gone) {
        away = gone;
    }

    private void require() {
        if (away) {
            throw new FailureException(new Failure.Unavailable("told to be away"));
        }
    }

    public synchronized List<AuditEntry> audited() {
        return List.copyOf(audited);
    }

    @Override
    public synchronized List<Rollout> all() {
        require();
        return List.copyOf(rollouts.values());
    }

    @Override
    public synchronized boolean replace(Rollout rollout, List<RolloutEvent> events, List<AuditEntry> audit) {
        require();
        long stored = Optional.ofNullable(rollouts.get(rollout.gateway()))
                .map(Rollout::version)
                .orElse(0L);
        if (stored != rollout.version() - 1) {
            return false;
        }
        rollouts.put(rollout.gateway(), rollout);
        events.forEach(event -> all.add(new RolloutEvent(all.size() + 1, event.type(), event.rollout())));
        audited.addAll(audit);
        return true;
    }

    @Override
    public synchronized void forget(Rollout rollout) {
        require();
        rollouts.computeIfPresent(
                rollout.gateway(), (gateway, stored) -> stored.version() == rollout.version() ? null : stored);
    }

    @Override
    public synchronized List<RolloutEvent> eventsAfter(ResourceName gateway, long sequence, int limit) {
        return of(gateway).stream()
                .filter(event -> event.sequence() > sequence)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<RolloutEvent> lastEvents(ResourceName gateway, int limit) {
        List<RolloutEvent> of = of(gateway);
        return of.subList(Math.max(0, of.size() - limit), of.size());
    }

    private List<RolloutEvent> of(ResourceName gateway) {
        require();
        return all.stream()
                .filter(event -> event.rollout().gateway().equals(gateway))
                .toList();
    }
}
