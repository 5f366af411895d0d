package io.sallyport.push.agent;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.usecase.AdmitAgent;
import java.time.Instant;
import java.time.InstantSource;

/** What all streams share. */
record Surroundings(
        AdmitAgent admission,
        SnapshotFeed feed,
        SnapshotCache snapshots,
        AgentRegistry registry,
        AgentProtocolSettings settings,
        InstantSource clock) {

    Instant now() {
        return clock.instant();
    }
}
