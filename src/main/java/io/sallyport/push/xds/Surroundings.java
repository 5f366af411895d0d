package io.sallyport.push.xds;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.agents.Quarantines;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.push.Newcomers;
import io.sallyport.usecase.AdmitAgent;
import io.sallyport.usecase.FollowHead;
import io.sallyport.usecase.HoldBack;
import io.sallyport.usecase.Timeliness;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What all streams share. */
@Singleton
class Surroundings {
    final AdmitAgent admission;
    final SnapshotFeed feed;
    final EnvoySnapshots snapshots;
    final Contents contents;
    final StreamLimits limits;
    final StreamCounts counts;
    final Places places;
    final AgentRegistry registry;
    final RefusedSecrets refusedSecrets;
    final Firewalls firewalls;
    final Timeliness timeliness;
    final Newcomers newcomers;
    private final Supplier<Duration> silence;
    private final InstantSource clock = InstantSource.system();

    @Inject
    Surroundings(
            AdmitAgent admission,
            SnapshotFeed feed,
            EnvoySnapshots snapshots,
            AgentRegistry registry,
            HoldBack holdBack,
            FollowHead followHead,
            Newcomers newcomers,
            DiscoverySettings settings,
            StreamCounts counts,
            Quarantines quarantines) {
        this(
                admission,
                feed,
                snapshots,
                registry,
                holdBack,
                followHead::silence,
                followHead,
                newcomers,
                StreamLimits.of(settings),
                counts,
                quarantines);
    }

    /** Of a server that has no store. */
    Surroundings(
            AdmitAgent admission,
            SnapshotFeed feed,
            EnvoySnapshots snapshots,
            AgentRegistry registry,
            HoldBack holdBack,
            StreamLimits limits) {
        this(
                admission,
                feed,
                snapshots,
                registry,
                holdBack,
                () -> Duration.ZERO,
                Timeliness.CERTAIN,
                new Newcomers(),
                limits,
                new StreamCounts(),
                new Quarantines());
    }

    Surroundings(
            AdmitAgent admission,
            SnapshotFeed feed,
            EnvoySnapshots snapshots,
            AgentRegistry registry,
            HoldBack holdBack,
            Supplier<Duration> silence,
            Timeliness timeliness,
            Newcomers newcomers,
            StreamLimits limits,
            StreamCounts counts,
            Quarantines quarantines) {
        this.admission = admission;
        this.feed = feed;
        this.snapshots = snapshots;
        this.contents = new Contents(snapshots::overlap, limits, counts);
        this.registry = registry;
        this.firewalls = new Firewalls(holdBack, snapshots::compile, quarantines);
        this.refusedSecrets = new RefusedSecrets(quarantines);
        this.silence = silence;
        this.timeliness = timeliness;
        this.newcomers = newcomers;
        this.limits = limits;
        this.counts = counts;
        this.places = new Places(limits, counts);
    }

    /** For how long this replica has not heard of its store. */
    Duration silence() {
        return silence.get();
    }

    Instant now() {
        return clock.instant();
    }
}
