package io.sallyport.domain.agent;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.domain.rollout.Member;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An agent and what it runs.
 *
 * @param id ours, unique per stream
 * @param nodeId what the agent calls itself; a claim, never proof
 * @param labels what it says of itself; claims too
 * @param peer the address that it connects from
 * @param goneAt when its stream ended; {@link Instant#MAX} while it has not
 */
public record AgentStatus(
        String id,
        Protocol protocol,
        AgentPrincipal principal,
        ResourceName gateway,
        String nodeId,
        SortedMap<String, String> labels,
        String peer,
        Instant connectedAt,
        Instant goneAt,
        Progress progress) {
    public AgentStatus {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** What an agent speaks. */
    public enum Protocol {
        XDS_DELTA,
        XDS_STATE_OF_THE_WORLD,
        AGENT
    }

    /** One that was sent nothing yet. */
    public static AgentStatus connected(
            String id,
            Protocol protocol,
            AgentPrincipal principal,
            ResourceName gateway,
            String nodeId,
            String peer,
            Instant at) {
        return new AgentStatus(
                id,
                protocol,
                principal,
                gateway,
                nodeId,
                Collections.emptySortedMap(),
                peer,
                at,
                Instant.MAX,
                Progress.NONE);
    }

    /** Who it is across its streams. */
    public AgentName name() {
        return new AgentName(principal, gateway, nodeId);
    }

    /** How cohorts see it. */
    public Member member() {
        return new Member(name(), labels);
    }

    public AgentStatus labelled(Map<String, String> newLabels) {
        return new AgentStatus(
                id,
                protocol,
                principal,
                gateway,
                nodeId,
                new TreeMap<>(newLabels),
                peer,
                connectedAt,
                goneAt,
                progress);
    }

    public boolean isConnected() {
        return goneAt.equals(Instant.MAX);
    }

    /** The same with its stream over. */
    public AgentStatus gone(Instant at) {
        return new AgentStatus(id, protocol, principal, gateway, nodeId, labels, peer, connectedAt, at, progress);
    }

    /** The newest version sent; empty before the first. */
    public String sent() {
        return progress.sent().text();
    }

    /** The newest version that it acknowledged whole; empty before the first. */
    public String acknowledged() {
        return progress.acknowledged().text();
    }

    /** The newest version that is known to decide; empty before the first. */
    public String effective() {
        return progress.effective().text();
    }

    /** What it said of the last thing it rejected and has not accepted since; empty where there is none. */
    public String lastError() {
        return progress.lastError();
    }

    /** The revision up to which it surely has what is wanted; {@link Revision#NONE} before the first. */
    public Revision acknowledgedRevision() {
        return progress.acknowledged().revision();
    }

    public AgentStatus with(Progress newProgress) {
        return new AgentStatus(
                id, protocol, principal, gateway, nodeId, labels, peer, connectedAt, goneAt, newProgress);
    }

    public AgentStatus withSent(String version) {
        return with(progress.withSent(SnapshotVersion.parse(version)));
    }

    public AgentStatus withAcknowledged(String version) {
        return with(progress.withAcknowledged(SnapshotVersion.parse(version)));
    }

    public AgentStatus withError(String error) {
        return with(progress.withError(error));
    }
}
