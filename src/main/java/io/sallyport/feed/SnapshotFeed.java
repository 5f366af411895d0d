package io.sallyport.feed;

import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.rollout.Member;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * The newest snapshot of every gateway, and what those run that are to get it later. Watchers are told that there is
 * something newer and then take the newest, so whoever is slow skips what came between. {@code newest} and {@code watchers}
 * are concurrent maps; {@code publish} is called by one thread.
 */
public final class SnapshotFeed {
    private final Map<ResourceName, Published> newest = new ConcurrentHashMap<>();
    private final Map<ResourceName, Set<Runnable>> watchers = new ConcurrentHashMap<>();
    private final HeldBackVersions heldBack = new HeldBackVersions();
    private volatile Revision revision = Revision.NONE;

    /** One split at most. */
    private record Published(Snapshot newest, List<Split> split) {}

    /** Makes a snapshot the newest of its gateway; where only its revision is newer, watchers are told as well. */
    public void publish(Snapshot snapshot) {
        publish(snapshot, List.of());
    }

    /** Makes a snapshot the newest of its gateway, which not all of its agents run yet. */
    public void publish(Snapshot snapshot, Split split) {
        heldBack.add(split.candidate());
        heldBack.add(split.waiting());
        publish(snapshot, List.of(split));
    }

    private void publish(Snapshot snapshot, List<Split> split) {
        newest.put(snapshot.gateway(), new Published(snapshot, split));
        tell(snapshot.gateway());
    }

    /** The gateway is gone; its watchers are told. */
    public void withdraw(ResourceName gateway) {
        heldBack.forget(gateway);
        if (newest.remove(gateway) != null) {
            tell(gateway);
        }
    }

    /** The revision up to which all snapshots are published. */
    public Revision revision() {
        return revision;
    }

    public void reached(Revision newRevision) {
        revision = newRevision;
    }

    /** What all agents are to run in the end. */
    public Optional<Snapshot> newest(ResourceName gateway) {
        return Optional.ofNullable(newest.get(gateway)).map(Published::newest);
    }

    /** What this one is to run now. */
    public Optional<Offered> offered(Member member) {
        return Optional.ofNullable(newest.get(member.name().gateway()))
                .map(published -> published.split().isEmpty()
                        ? new Offered(Offered.Lane.CANDIDATE, published.newest())
                        : published.split().getFirst().of(member));
    }

    /** Empty where all agents of the gateway are to run the same. */
    public Optional<Split> split(ResourceName gateway) {
        return Optional.ofNullable(newest.get(gateway))
                .flatMap(published -> published.split().stream().findFirst());
    }

    /** The objects that a version does not have as they were wanted at its revision. */
    public Set<ResourceKey> heldBack(ResourceName gateway, SnapshotVersion version) {
        return heldBack.in(gateway, version);
    }

    /** Runs {@code onChange}, which must not block, whenever there is something newer; until the watch is closed. */
    public Watch watch(ResourceName gateway, Runnable onChange) {
        watchers.computeIfAbsent(gateway, ignored -> new CopyOnWriteArraySet<>())
                .add(onChange);
        return () -> watchers.computeIfPresent(gateway, (ignored, all) -> {
            all.remove(onChange);
            return all.isEmpty() ? null : all;
        });
    }

    private void tell(ResourceName gateway) {
        watchers.getOrDefault(gateway, Set.of()).forEach(Runnable::run);
    }

    /** A watch that can be ended. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
