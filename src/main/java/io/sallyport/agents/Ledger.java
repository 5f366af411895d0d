package io.sallyport.agents;

import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.agent.Rejection;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.util.List;
import java.util.Map;

/**
 * What every agent was sent and what it said to it. Streams tell it; telling never blocks and never throws. An agent is
 * named by the id of its stream; what is said of one that is not connected is not kept. A type is a short word for the
 * kind of resource, the same for all agents of a protocol.
 */
public interface Ledger {

    void connected(AgentStatus agent);

    /** The agent is to come to this version. */
    void queued(String agent, String type, SnapshotVersion version);

    void sent(String agent, String type, SnapshotVersion version);

    /** It accepted all of that type. */
    void acknowledged(String agent, String type, SnapshotVersion version);

    void rejected(String agent, String type, Rejection rejection);

    /** All the objects of which it runs less than their newest content; in place of what was told before. */
    void held(String agent, List<Held> held);

    /** Requests are decided by that version, or by one of the same content, and this is known and not only hoped. */
    void effective(String agent, SnapshotVersion version);

    /**
     * It accepted all of that version, which is in effect once each of these listeners has reported its fingerprint since
     * the agent connected.
     */
    void effectiveOnceProven(String agent, SnapshotVersion version, Map<String, String> fingerprints);

    /** A listener reported its fingerprint, so it is the one that serves. */
    void proven(AgentName agent, String listener, String fingerprint);

    /** Its stream has ended. It may run what it has for as long as it likes. */
    void gone(String agent);
}
