package io.sallyport.push.agent;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.feed.SnapshotFeed;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest snapshot of each gateway in the words of the agent protocol, encoded by whoever asks first while the
 * others wait. {@code encoded} is a concurrent map.
 */
final class SnapshotCache {
    private final SnapshotFeed feed;
    private final Map<ResourceName, AgentSnapshot> encoded = new ConcurrentHashMap<>();

    SnapshotCache(SnapshotFeed feed) {
        this.feed = feed;
    }

    Optional<AgentSnapshot> newest(ResourceName gateway) {
        Optional<Snapshot> snapshot = feed.newest(gateway);
        if (snapshot.isEmpty()) {
            encoded.remove(gateway);
        }
        return snapshot.map(wanted -> encoded.compute(gateway, (ignored, known) -> {
            boolean isNewest = known != null && known.version().equals(wanted.version());
            return isNewest ? known : SnapshotEncoder.encode(wanted);
        }));
    }
}
