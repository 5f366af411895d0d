package io.sallyport.usecase;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.agent.AgentStatus;
import java.time.Duration;
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
    private volatile Heard heard = Heard.NOTHING;

    /** Since when, and when last, the other replicas were heard, which is to be twice a second. */
    private record Heard(Instant since, Instant last) {
        private static final Heard NOTHING = new Heard(Instant.MAX, Instant.MIN);
        private static final Duration BREAK = Duration.ofSeconds(10);
        // The others, who lost the store as well, are heard a little later.
        private static final Duration OTHERS_BACK = Duration.ofSeconds(5);

        boolean isBroken(Instant now) {
            return equals(NOTHING) || now.isAfter(last.plus(BREAK));
        }

        Heard at(Instant now) {
            if (equals(NOTHING)) {
                return new Heard(now, now);
            }
            return new Heard(isBroken(now) ? now.plus(OTHERS_BACK) : since, now);
        }
    }

    public Fleet(AgentRegistry here) {
        this.here = here;
    }

    void elsewhere(List<AgentStatus> agents, Instant now) {
        elsewhere = List.copyOf(agents);
        heard = heard.at(now);
    }

    /** Since when all replicas tell each other of their agents without a break; {@link Instant#MAX} where they do not now. */
    Instant wholeSince(Instant now) {
        return heard.isBroken(now) ? Instant.MAX : heard.since();
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
