package io.sallyport.agents;

import io.sallyport.domain.agent.AgentStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The agents connected to this replica. {@code statuses} is a concurrent map; each stream writes its own entry. */
public final class AgentRegistry {
    private final Map<String, AgentStatus> statuses = new ConcurrentHashMap<>();

    public void connected(AgentStatus status) {
        statuses.put(status.id(), status);
    }

    /** Does nothing where the agent is no longer connected. */
    public void update(String id, UnaryOperator<AgentStatus> change) {
        statuses.computeIfPresent(id, (ignored, status) -> change.apply(status));
    }

    public void disconnected(String id) {
        statuses.remove(id);
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
