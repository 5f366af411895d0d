package io.sallyport.feed;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * The newest snapshot of every gateway. Watchers are told that there is something newer and then take the newest, so
 * whoever is slow skips what came between. {@code newest} and {@code watchers} are concurrent maps; {@code publish} is
 * called by one thread.
 */
public final class SnapshotFeed {
    private final Map<ResourceName, Snapshot> newest = new ConcurrentHashMap<>();
    private final Map<ResourceName, Set<Runnable>> watchers = new ConcurrentHashMap<>();
    private volatile Revision revision = Revision.NONE;

    /** Makes a snapshot the newest of its gateway; where only its revision is newer, watchers are told as well. */
    public void publish(Snapshot snapshot) {
        newest.put(snapshot.gateway(), snapshot);
        tell(snapshot.gateway());
    }

    /** The gateway is gone; its watchers are told. */
    public void withdraw(ResourceName gateway) {
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

    public Optional<Snapshot> newest(ResourceName gateway) {
        return Optional.ofNullable(newest.get(gateway));
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
