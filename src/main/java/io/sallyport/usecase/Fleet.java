package io.sallyport.usecase;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.agent.AgentStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All agents of all replicas: those of this one as they are, those of the others as they were told of last. {@code
 * elsewhere} is replaced as a whole; both fields are written by the thread that keeps the ledger.
 */
public final class Fleet {
    private static final Comparator<AgentStatus> ORDER = Comparator.comparing(AgentStatus::gateway)
            .thenComparing(AgentStatus::connectedAt)
            .thenComparing(AgentStatus::id);

    private final AgentRegistry here;
    private volatile List<AgentStatus> elsewhere = List.of();
    private volatile Instant wholeSince = Instant.MAX;

    public Fleet(AgentRegistry here) {
        this.here = here;
    }

    void elsewhere(List<AgentStatus> agents) {
        elsewhere = List.copyOf(agents);
    }

    /** Since when all replicas tell each other of their agents without a break; {@link Instant#MAX} where they do not. */
    Instant wholeSince() {
        return wholeSince;
    }

    void wholeSince(Instant since) {
        wholeSince = since;
    }

    /** By gateway, then by time of connection. Of one that is gone and came back, only what it is now. */
    public List<AgentStatus> agents() {
        List<AgentStatus> all =
                Stream.concat(here.withGone().stream(), elsewhere.stream()).toList();
        Map<AgentName, AgentStatus> newest = new HashMap<>();
        all.forEach(agent -> newest.merge(agent.name(), agent, Fleet::newer));
        return all.stream()
                .filter(agent -> agent.isConnected()
                        || newest.getOrDefault(agent.name(), agent).equals(agent))
                .sorted(ORDER)
                .toList();
    }

    private static AgentStatus newer(AgentStatus one, AgentStatus other) {
        if (one.isConnected() != other.isConnected()) {
            return one.isConnected() ? one : other;
        }
        return one.connectedAt().isBefore(other.connectedAt()) ? other : one;
    }

    /** Listeners of an agent of this replica that have not reported yet. */
    List<String> unproven(AgentStatus agent) {
        return here.unproven(agent.id());
    }
}
