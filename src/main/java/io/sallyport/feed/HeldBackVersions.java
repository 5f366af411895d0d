package io.sallyport.feed;

import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** What late versions lack of their revision. Guards itself; the oldest of each gateway are forgotten. */
final class HeldBackVersions {
    private static final int MOST_OF_A_GATEWAY = 256;

    private final Map<ResourceName, SequencedMap<String, Set<ResourceKey>>> byGateway = new HashMap<>();

    synchronized void add(Split.Part part) {
        if (part.held().isEmpty()) {
            return;
        }
        SequencedMap<String, Set<ResourceKey>> versions =
                byGateway.computeIfAbsent(part.snapshot().gateway(), ignored -> new LinkedHashMap<>());
        versions.putLast(part.snapshot().version().text(), part.held());
        if (versions.size() > MOST_OF_A_GATEWAY) {
            versions.pollFirstEntry();
        }
    }

    synchronized void forget(ResourceName gateway) {
        byGateway.remove(gateway);
    }

    synchronized Set<ResourceKey> in(ResourceName gateway, SnapshotVersion version) {
        return byGateway.getOrDefault(gateway, new LinkedHashMap<>()).getOrDefault(version.text(), Set.of());
    }
}
