package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.Fingerprint;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.rollout.Member;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.feed.Offered;
import io.sallyport.feed.Offered.Lane;
import io.sallyport.feed.SnapshotFeed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshots in Envoy's words, each compiled once for all streams. {@code newest} is a concurrent map; {@code
 * others} guards itself. Older ones live as long as a stream uses them.
 */
@Singleton
class EnvoySnapshots {
    private static final Logger LOG = Logger.getLogger(EnvoySnapshots.class);
    private static final int MOST_OTHERS = 64;

    private final SnapshotFeed feed;
    private final BiFunction<Snapshot, List<EnvoySnapshot>, EnvoySnapshot> compiler;
    private final Passage.Overlap overlap;
    private final Map<Place, Newest> newest = new ConcurrentHashMap<>();
    private final Map<String, EnvoySnapshot> others = new LinkedHashMap<>();

    /**
     * The version is newer than the resources' source where their content is the same.
     *
     * @param fingerprints what listeners report once the resources are in effect
     */
    record Newest(SnapshotVersion version, EnvoySnapshot resources, Map<String, String> fingerprints) {
        Newest(SnapshotVersion version, EnvoySnapshot resources) {
            this(version, resources, Fingerprint.of(resources));
        }
    }

    /** Where one snapshot follows another. */
    private record Place(ResourceName gateway, Lane lane) {}

    @Inject
    EnvoySnapshots(SnapshotFeed feed, EnvoyCompiler compiler) {
        this(feed, compiler::compile, compiler::overlap);
    }

    EnvoySnapshots(
            SnapshotFeed feed,
            BiFunction<Snapshot, List<EnvoySnapshot>, EnvoySnapshot> compiler,
            Passage.Overlap overlap) {
        this.feed = feed;
        this.compiler = compiler;
        this.overlap = overlap;
    }

    /** What this one is to run now. */
    Optional<Newest> newest(Member member) {
        Optional<Offered> offered = feed.offered(member);
        if (offered.isEmpty()) {
            EnumSet.allOf(Lane.class)
                    .forEach(lane -> newest.remove(new Place(member.name().gateway(), lane)));
        }
        return offered.flatMap(found -> newest(member.name().gateway(), found));
    }

    private Optional<Newest> newest(ResourceName gateway, Offered offered) {
        List<EnvoySnapshot> others = known(new Place(gateway, other(offered.lane())));
        return Optional.ofNullable(newest.compute(
                new Place(gateway, offered.lane()), (ignored, known) -> compile(offered.snapshot(), known, others)));
    }

    private List<EnvoySnapshot> known(Place place) {
        return Optional.ofNullable(newest.get(place)).map(Newest::resources).stream()
                .toList();
    }

    private static Lane other(Lane lane) {
        return lane == Lane.CANDIDATE ? Lane.WAITING : Lane.CANDIDATE;
    }

    // Where a snapshot cannot be compiled, its gateway keeps what it has.
    private @Nullable Newest compile(Snapshot snapshot, @Nullable Newest known, List<EnvoySnapshot> others) {
        if (known != null && known.version().equals(snapshot.version())) {
            return known;
        }
        if (known != null && known.version().hash().equals(snapshot.version().hash())) {
            return new Newest(snapshot.version(), known.resources(), known.fingerprints());
        }
        try {
            List<EnvoySnapshot> before = known == null ? others : List.of(known.resources());
            return new Newest(snapshot.version(), compiler.apply(snapshot, before));
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "snapshot not compiled gateway=%s version=%s", snapshot.gateway(), snapshot.version());
            return known;
        }
    }

    /** What is not the newest of its gateway; kept for a while, as others may need it too. */
    EnvoySnapshot compile(Snapshot snapshot) {
        String key = snapshot.gateway() + " " + snapshot.version().hash();
        synchronized (others) {
            EnvoySnapshot known = others.remove(key);
            EnvoySnapshot compiled = known == null ? compiler.apply(snapshot, List.of()) : known;
            others.put(key, compiled);
            if (others.size() > MOST_OTHERS) {
                others.remove(others.keySet().iterator().next());
            }
            return compiled;
        }
    }

    SortedMap<String, EnvoyResource> overlap(List<EnvoySnapshot> stillInEffect, EnvoySnapshot target) {
        return overlap.of(stillInEffect, target);
    }
}
