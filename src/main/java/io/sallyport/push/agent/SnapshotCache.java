package io.sallyport.push.agent;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.rollout.Member;
import io.sallyport.feed.Offered;
import io.sallyport.feed.Offered.Lane;
import io.sallyport.feed.SnapshotFeed;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What agents of each gateway are to run, in the words of the agent protocol, encoded by whoever asks first while the
 * others wait. {@code encoded} is a concurrent map.
 */
final class SnapshotCache {
    private final SnapshotFeed feed;
    private final Map<Place, AgentSnapshot> encoded = new ConcurrentHashMap<>();

    /** Where one snapshot follows another. */
    private record Place(ResourceName gateway, Lane lane) {}

    SnapshotCache(SnapshotFeed feed) {
        this.feed = feed;
    }

    /** What this one is to run now. */
    Optional<AgentSnapshot> newest(Member member) {
        ResourceName gateway = member.name().gateway();
        Optional<Offered> offered = feed.offered(member);
        if (offered.isEmpty()) {
            EnumSet.allOf(Lane.class).forEach(lane -> encoded.remove(new Place(gateway, lane)));
        }
        return offered.map(wanted -> encoded.compute(new Place(gateway, wanted.lane()), (ignored, known) -> {
            boolean isNewest =
                    known != null && known.version().equals(wanted.snapshot().version());
            return isNewest ? known : SnapshotEncoder.encode(wanted.snapshot());
        }));
    }
}
