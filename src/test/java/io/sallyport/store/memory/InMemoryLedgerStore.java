package io.sallyport.store.memory;

import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Denial;
import io.sallyport.domain.agent.ListenerProof;
import io.sallyport.domain.agent.Quarantine;
import io.sallyport.store.LedgerStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what is known of agents in memory. */
public final class InMemoryLedgerStore implements LedgerStore {
    private final InstantSource clock;
    private final Map<String, Told> agents = new LinkedHashMap<>();
    private final Map<String, Instant> replicas = new LinkedHashMap<>();
    private final List<Proven> proofs = new ArrayList<>();
    private final List<Refused> denials = new ArrayList<>();

    private final Map<String, Quarantined> quarantines = new LinkedHashMap<>();

    private record Quarantined(String replica, Quarantine quarantine) {}

    private record Proven(String replica, ListenerProof proof) {}

    private record Refused(String replica, Denial denial) {}

    public InMemoryLedgerStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void write(String replica, Batch batch) {
        replicas.put(replica, clock.instant());
        for (AgentStatus agent : batch.agents()) {
            agents.put(agent.id(), new Told(replica, agent));
        }
        batch.proofs().forEach(proof -> proofs.add(new Proven(replica, proof)));
        batch.quarantines().forEach(one -> quarantines.put(one.agent(), new Quarantined(replica, one)));
        batch.denials().forEach(denial -> denials.add(new Refused(replica, denial)));
    }

    @Override
    public synchronized void forget(Duration age) {
        Instant old = clock.instant().minus(age);
        agents.values().removeIf(told -> told.agent().goneAt().isBefore(old));
    }

    @Override
    public synchronized News readOthers(String replica, Mark since) {
        Map<String, Duration> silences = new LinkedHashMap<>();
        replicas.forEach((name, seen) -> silences.put(name, Duration.between(seen, clock.instant())));
        return new News(
                new Mark(clock.instant(), denials.size()),
                agents.values().stream()
                        .filter(told -> !told.replica().equals(replica))
                        .toList(),
                silences,
                proofs.stream()
                        .filter(proven -> !proven.replica().equals(replica))
                        .map(Proven::proof)
                        .toList(),
                denials.stream()
                        .skip(since.denial())
                        .filter(refused -> !refused.replica().equals(replica))
                        .map(Refused::denial)
                        .toList(),
                quarantines.values().stream()
                        .filter(one -> !one.replica().equals(replica))
                        .map(Quarantined::quarantine)
                        .toList());
    }
}
