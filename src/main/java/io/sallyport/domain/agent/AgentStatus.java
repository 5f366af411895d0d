package io.sallyport.domain.agent;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.time.Instant;

/**
 * A connected agent and what it runs.
 *
 * @param id ours, unique per stream
 * @param nodeId what the agent calls itself; a claim, never proof
 * @param peer the address that it connects from
 * @param sent the newest version sent; empty before the first
 * @param acknowledged the newest version that it acknowledged whole; empty before the first
 * @param lastError what it said of the last thing it rejected and has not accepted since; empty where there is none
 */
public record AgentStatus(
        String id,
        Protocol protocol,
        ClientId clientId,
        ResourceName gateway,
        String nodeId,
        String peer,
        Instant connectedAt,
        String sent,
        String acknowledged,
        String lastError) {

    /** What an agent speaks. */
    public enum Protocol {
        XDS_DELTA,
        XDS_STATE_OF_THE_WORLD,
        AGENT
    }

    /** The revision up to which it surely runs what is wanted; {@link Revision#NONE} before the first. */
    public Revision acknowledgedRevision() {
        return SnapshotVersion.parse(acknowledged).revision();
    }

    public AgentStatus withSent(String version) {
        return new AgentStatus(
                id, protocol, clientId, gateway, nodeId, peer, connectedAt, version, acknowledged, lastError);
    }

    public AgentStatus withAcknowledged(String version) {
        return new AgentStatus(id, protocol, clientId, gateway, nodeId, peer, connectedAt, sent, version, "");
    }

    public AgentStatus withError(String error) {
        return new AgentStatus(id, protocol, clientId, gateway, nodeId, peer, connectedAt, sent, acknowledged, error);
    }
}
