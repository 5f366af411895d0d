package io.sallyport.agents;

import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.agent.Progress;
import io.sallyport.domain.agent.Rejection;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The agents connected to this replica. {@code statuses} is a concurrent map; each stream writes its own entry. */
public final class AgentRegistry implements Ledger {
    private final Map<String, AgentStatus> statuses = new ConcurrentHashMap<>();

    @Override
    public void connected(AgentStatus status) {
        statuses.put(status.id(), status);
    }

    /** Does nothing where the agent is no longer connected. */
    public void update(String id, UnaryOperator<AgentStatus> change) {
        statuses.computeIfPresent(id, (ignored, status) -> change.apply(status));
    }

    @Override
    public void queued(String agent, String type, SnapshotVersion version) {
        progress(agent, progress -> progress.withType(type, known -> known.withQueued(version)));
    }

    @Override
    public void sent(String agent, String type, SnapshotVersion version) {
        progress(agent, progress -> progress.withType(type, known -> known.withSent(version)));
    }

    @Override
    public void acknowledged(String agent, String type, SnapshotVersion version) {
        progress(agent, progress -> progress.withType(type, known -> known.withAcknowledged(version)));
    }

    @Override
    public void rejected(String agent, String type, Rejection rejection) {
        progress(agent, progress -> progress.withType(type, known -> known.withRejection(rejection)));
    }

    @Override
    public void held(String agent, List<Held> held) {
        progress(agent, progress -> progress.withHeld(held));
    }

    @Override
    public void effective(String agent, SnapshotVersion version) {
        progress(agent, progress -> progress.withEffective(version));
    }

    @Override
    public void gone(String agent) {
        statuses.remove(agent);
    }

    private void progress(String agent, UnaryOperator<Progress> change) {
        update(agent, status -> status.with(change.apply(status.progress())));
    }

    /** By gateway, then by time of connection. */
    public List<AgentStatus> all() {
        return statuses.values().stream()
                .sorted(Comparator.comparing(AgentStatus::gateway)
                        .thenComparing(AgentStatus::connectedAt)
                        .thenComparing(AgentStatus::id))
                .toList();
    }
}
