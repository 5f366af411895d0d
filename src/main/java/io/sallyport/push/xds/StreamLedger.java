package io.sallyport.push.xds;

import io.sallyport.agents.Ledger;
import io.sallyport.domain.agent.Rejection;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.util.HashMap;
import java.util.Map;

/** What one stream tells the ledger: each thing once. Used by the thread of its stream alone. */
final class StreamLedger {
    private final String agent;
    private final Ledger ledger;
    private final Map<String, Told> told = new HashMap<>();

    private record Told(SnapshotVersion queued, SnapshotVersion sent, SnapshotVersion acknowledged) {
        static final Told NOTHING = new Told(SnapshotVersion.NONE, SnapshotVersion.NONE, SnapshotVersion.NONE);
    }

    StreamLedger(String agent, Ledger ledger) {
        this.agent = agent;
        this.ledger = ledger;
    }

    void queued(String typeUrl, SnapshotVersion version) {
        Told before = told(typeUrl);
        if (!before.queued().equals(version)) {
            told.put(typeUrl, new Told(version, before.sent(), before.acknowledged()));
            ledger.queued(agent, word(typeUrl), version);
        }
    }

    void sent(String typeUrl, SnapshotVersion version) {
        Told before = told(typeUrl);
        if (!before.sent().equals(version)) {
            told.put(typeUrl, new Told(before.queued(), version, before.acknowledged()));
            ledger.sent(agent, word(typeUrl), version);
        }
    }

    void acknowledged(String typeUrl, SnapshotVersion version) {
        Told before = told(typeUrl);
        if (!before.acknowledged().equals(version)) {
            told.put(typeUrl, new Told(before.queued(), before.sent(), version));
            ledger.acknowledged(agent, word(typeUrl), version);
        }
    }

    /** What is accepted after it is news, also where it was told of that version before. */
    void rejected(String typeUrl, SnapshotVersion version, Refused refused) {
        Told before = told(typeUrl);
        told.put(typeUrl, new Told(before.queued(), before.sent(), SnapshotVersion.NONE));
        ledger.rejected(agent, word(typeUrl), new Rejection(version, refused.names(), refused.message()));
    }

    private Told told(String typeUrl) {
        return told.getOrDefault(typeUrl, Told.NOTHING);
    }

    /** The name of the message alone: {@code Listener}. */
    static String word(String typeUrl) {
        return typeUrl.substring(typeUrl.lastIndexOf('.') + 1);
    }
}
