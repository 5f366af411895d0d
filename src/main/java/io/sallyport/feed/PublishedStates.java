package io.sallyport.feed;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Of what the latest snapshots of each gateway were made. Guards itself; the oldest are forgotten. */
public final class PublishedStates {
    private static final int MOST_OF_A_GATEWAY = 24;

    private final Map<ResourceName, SequencedMap<String, DesiredState>> byGateway = new HashMap<>();

    public synchronized void add(Snapshot snapshot, DesiredState state) {
        SequencedMap<String, DesiredState> states =
                byGateway.computeIfAbsent(snapshot.gateway(), ignored -> new LinkedHashMap<>());
        states.putLast(snapshot.version().hash(), state);
        if (states.size() > MOST_OF_A_GATEWAY) {
            states.pollFirstEntry();
        }
    }

    public synchronized void forget(ResourceName gateway) {
        byGateway.remove(gateway);
    }

    /** Of what the snapshot of that content hash was made; empty where it is forgotten. */
    public synchronized Optional<DesiredState> of(ResourceName gateway, String hash) {
        return Optional.ofNullable(
                byGateway.getOrDefault(gateway, new LinkedHashMap<>()).get(hash));
    }
}
