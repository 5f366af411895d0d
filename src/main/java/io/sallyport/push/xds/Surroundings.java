package io.sallyport.push.xds;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.usecase.AdmitAgent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/** What all streams share. */
@Singleton
class Surroundings {
    final AdmitAgent admission;
    final SnapshotFeed feed;
    final EnvoySnapshots snapshots;
    final AgentRegistry registry;
    final RefusedSecrets refusedSecrets = new RefusedSecrets();
    private final InstantSource clock = InstantSource.system();

    @Inject
    Surroundings(AdmitAgent admission, SnapshotFeed feed, EnvoySnapshots snapshots, AgentRegistry registry) {
        this.admission = admission;
        this.feed = feed;
        this.snapshots = snapshots;
        this.registry = registry;
    }

    Instant now() {
        return clock.instant();
    }
}
