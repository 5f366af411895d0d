package io.sallyport.store;

import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Denial;
import io.sallyport.domain.agent.ListenerProof;
import io.sallyport.domain.agent.Quarantine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What replicas tell each other of agents, and remember of them across restarts. All methods may throw {@link
 * io.sallyport.domain.FailureException} with {@code Unavailable}; nothing is written then.
 */
public interface LedgerStore {

    /** Writes what is new at one replica, and that it is alive. */
    void write(String replica, Batch batch);

    /** Takes away agents that are gone, replicas that are silent, and proofs that are old, for so long. */
    void forget(Duration age);

    /** What the other replicas wrote since then. */
    News readOthers(String replica, Mark since);

    /** What one replica has to tell. */
    record Batch(
            List<AgentStatus> agents, List<ListenerProof> proofs, List<Denial> denials, List<Quarantine> quarantines) {
        public Batch {
            agents = List.copyOf(agents);
            proofs = List.copyOf(proofs);
            denials = List.copyOf(denials);
            quarantines = List.copyOf(quarantines);
        }

        /** Without anything that was refused. */
        public Batch(List<AgentStatus> agents, List<ListenerProof> proofs, List<Denial> denials) {
            this(agents, proofs, denials, List.of());
        }
    }

    /**
     * How far somebody has read, by the store's clock.
     *
     * @param denial the last one that was read
     */
    record Mark(Instant time, long denial) {
        public static final Mark BEGINNING = new Mark(Instant.EPOCH, 0);
    }

    /** An agent as a replica wrote it. */
    record Told(String replica, AgentStatus agent) {}

    /**
     * What was read.
     *
     * @param mark where to go on; what was written about that time is read again
     * @param replicas for how long each has been silent
     * @param proofs their times are by the store's clock
     */
    record News(
            Mark mark,
            List<Told> agents,
            Map<String, Duration> replicas,
            List<ListenerProof> proofs,
            List<Denial> denials,
            List<Quarantine> quarantines) {
        public News {
            quarantines = List.copyOf(quarantines);
            agents = List.copyOf(agents);
            replicas = Map.copyOf(replicas);
            proofs = List.copyOf(proofs);
            denials = List.copyOf(denials);
        }
    }
}
