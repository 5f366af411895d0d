package io.sallyport.push.agent;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Violation;
import io.sallyport.domain.agent.Rejection;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.push.agent.v1.AgentProtocol.AgentMessage;
import io.sallyport.push.agent.v1.AgentProtocol.Reject;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What one agent holds, is being sent, and refused: decides what it is sent next. One snapshot at a time is without
 * an answer, so whatever comes meanwhile is folded into the newest. Used by the thread of its stream alone.
 */
final class AgentSession {
    private static final Logger LOG = Logger.getLogger(AgentSession.class);
    private static final int LONGEST_ERROR = 1000;
    /** What it takes is one type of thing. */
    private static final String SNAPSHOT = "Snapshot";

    private final String id;
    private final AgentRegistry registry;
    private Held held;
    /** At most one. */
    private List<AgentSnapshot> unanswered = List.of();

    private String parkedHash;
    private boolean isAheadOfUs;
    private String heldUp = "";
    private long decisionsObserved;

    AgentSession(String id, AgentRegistry registry, Greeting greeting) {
        this.id = id;
        this.registry = registry;
        this.held = greeting.held();
        this.parkedHash =
                SnapshotVersion.parse(greeting.rejected().getVersion()).hash();
        if (!held.version().hash().isEmpty()) {
            registry.update(id, status -> status.withAcknowledged(held.version().toString()));
        }
        if (!parkedHash.isEmpty()) {
            show(greeting.rejected());
        }
    }

    /**
     * What is to be sent now so that the agent comes to run the wanted snapshot; nothing where it has to wait.
     *
     * @param reached the revision that this server has surely reached
     */
    List<ServerMessage> messagesTo(AgentSnapshot wanted, Revision reached) {
        SnapshotVersion version = wanted.version();
        if (!unanswered.isEmpty() || version.hash().equals(parkedHash)) {
            return List.of();
        }
        if (held.isContentOf(wanted)) {
            settle(wanted);
            return List.of();
        }
        Revision ours = reached.isAfter(version.revision()) ? reached : version.revision();
        if (held.version().revision().isAfter(ours)) {
            waitToCatchUp(ours);
            return List.of();
        }
        unanswered = List.of(wanted);
        registry.update(id, status -> status.withSent(version.toString()));
        registry.sent(id, SNAPSHOT, version);
        return held.messagesTo(wanted);
    }

    /** Tells why nothing is sent; empty where it is. */
    void holdUp(String reason) {
        if (!reason.equals(heldUp)) {
            heldUp = reason;
            registry.update(id, status -> status.with(status.progress().withWaitingFor(reason)));
        }
    }

    boolean isWaitingForAnswer() {
        return !unanswered.isEmpty();
    }

    void receive(AgentMessage message) {
        switch (message.getMessageCase()) {
            case ACK -> settle(answered("ack", message.getAck().getVersion()));
            case REJECT -> park(message.getReject());
            case APPLIED -> applied(message.getApplied().getVersion());
            case OBSERVATIONS -> decisionsObserved += message.getObservations().getDecisionsCount();
            case HELLO -> throw broken("/hello", "a stream begins with one hello, and no second one follows");
            case HEARTBEAT, MESSAGE_NOT_SET -> {}
        }
    }

    /** How many counts of decisions the agent has reported. */
    long decisionsObserved() {
        return decisionsObserved;
    }

    private void settle(AgentSnapshot snapshot) {
        boolean isNews = !(held instanceof Held.OfSnapshot known && known.snapshot() == snapshot);
        held = new Held.OfSnapshot(snapshot);
        unanswered = List.of();
        if (isNews || !parkedHash.isEmpty() || isAheadOfUs) {
            parkedHash = "";
            isAheadOfUs = false;
            registry.update(
                    id, status -> status.withAcknowledged(snapshot.version().toString()));
            registry.acknowledged(id, SNAPSHOT, snapshot.version());
        }
    }

    // It may speak of one that it held when it came, and late: what it does not hold is no news.
    private void applied(String version) {
        SnapshotVersion applied = SnapshotVersion.parse(version);
        if (applied.hash().equals(held.version().hash())) {
            registry.effective(id, held.version());
        }
    }

    private void park(Reject reject) {
        parkedHash = answered("reject", reject.getVersion()).version().hash();
        unanswered = List.of();
        LOG.warnf(
                "snapshot rejected agent=%s version=%s resource=%s error=%s",
                id, reject.getVersion(), reject.getResource(), shortened(reject.getError()));
        show(reject);
        List<String> resources = reject.getResource().isEmpty() ? List.of() : List.of(reject.getResource());
        SnapshotVersion version = SnapshotVersion.parse(reject.getVersion());
        registry.rejected(id, SNAPSHOT, new Rejection(version, resources, reject.getError()));
    }

    private void show(Reject reject) {
        String resource = reject.getResource().isEmpty() ? "no resource named" : reject.getResource();
        registry.update(id, status -> status.withError(resource + ": " + shortened(reject.getError())));
    }

    // An older state must never replace a newer one: it could allow again what was revoked since.
    private void waitToCatchUp(Revision ours) {
        if (isAheadOfUs) {
            return;
        }
        isAheadOfUs = true;
        String error = "the agent holds %s, this server is at revision %s still and waits until it has caught up"
                .formatted(held.version(), ours);
        LOG.warnf("agent is ahead agent=%s held=%s ours=%s", id, held.version(), ours);
        registry.update(id, status -> status.withError(error));
    }

    private AgentSnapshot answered(String field, String version) {
        return unanswered.stream()
                .filter(sent -> sent.version().toString().equals(version))
                .findFirst()
                .orElseThrow(() -> broken(
                        "/" + field + "/version",
                        "'%s' is no version that waits for an answer; %s does".formatted(version, waiting())));
    }

    private String waiting() {
        return unanswered.isEmpty() ? "none" : unanswered.getFirst().version().toString();
    }

    private static FailureException broken(String pointer, String message) {
        return FailureException.invalid(List.of(new Violation(pointer, "ProtocolViolation", message)));
    }

    private static String shortened(String error) {
        return error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR);
    }
}
