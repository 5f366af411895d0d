package io.sallyport.push.agent;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.usecase.AdmitAgent;
import io.sallyport.usecase.Timeliness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What all streams share. */
record Surroundings(
        AdmitAgent admission,
        SnapshotFeed feed,
        SnapshotCache snapshots,
        AgentRegistry registry,
        AgentProtocolSettings settings,
        InstantSource clock,
        Supplier<Duration> silenceOfStore,
        Timeliness timeliness) {

    /** For how long this server has not heard of its store. */
    Duration silence() {
        return silenceOfStore.get();
    }

    Instant now() {
        return clock.instant();
    }
}
