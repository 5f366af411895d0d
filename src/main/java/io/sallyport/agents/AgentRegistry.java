package io.sallyport.agents;

import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.agent.ListenerProof;
import io.sallyport.domain.agent.Progress;
import io.sallyport.domain.agent.Rejection;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.UnaryOperator;

/**
 * The agents whose streams are with this replica, or were until lately. {@code statuses} and {@code awaiting} are
 * concurrent maps; each stream writes its own entry, and who reports for an agent its entry in the latter.
 */
public final class AgentRegistry implements Ledger {
    private static final Comparator<AgentStatus> ORDER = Comparator.comparing(AgentStatus::gateway)
            .thenComparing(AgentStatus::connectedAt)
            .thenComparing(AgentStatus::id);

    private final InstantSource clock;
    private final Map<String, AgentStatus> statuses = new ConcurrentHashMap<>();
    private final Map<AgentName, Map<String, Awaited>> awaiting = new ConcurrentHashMap<>();
    private final Proofs proofs = new Proofs();
    private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();

    /** What an agent has accepted, and what its listeners report once it decides. */
    private record Awaited(SnapshotVersion version, Map<String, String> fingerprints) {}

    public AgentRegistry() {
        this(InstantSource.system());
    }

    public AgentRegistry(InstantSource clock) {
        this.clock = clock;
    }

    /** Runs {@code onChange}, which must not block, after every change; until the returned watch is closed. */
    public Watch watch(Runnable onChange) {
        watchers.add(onChange);
        return () -> watchers.remove(onChange);
    }

    @Override
    public void connected(AgentStatus status) {
        statuses.values().removeIf(known -> !known.isConnected() && known.name().equals(status.name()));
        statuses.put(status.id(), status);
        tell();
    }

    /** Does nothing where the agent is not known. */
    public void update(String id, UnaryOperator<AgentStatus> change) {
        statuses.computeIfPresent(id, (ignored, status) -> change.apply(status));
        tell();
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
    public void effectiveOnceProven(String agent, SnapshotVersion version, Map<String, String> fingerprints) {
        AgentStatus status = statuses.get(agent);
        if (status != null) {
            awaiting.compute(status.name(), (ignored, known) -> {
                Map<String, Awaited> all = known == null ? new ConcurrentHashMap<>() : known;
                all.put(agent, new Awaited(version, Map.copyOf(fingerprints)));
                return all;
            });
            judge(status.name());
        }
    }

    @Override
    public void proven(AgentName agent, String listener, String fingerprint) {
        proven(agent, listener, fingerprint, clock.instant());
    }

    private void proven(AgentName agent, String listener, String fingerprint, Instant at) {
        proofs.add(agent, listener, new Proofs.Proof(fingerprint, at));
        judge(agent);
    }

    /** The same, told by another replica. */
    public void provenElsewhere(ListenerProof proof) {
        proofs.add(proof.agent(), proof.listener(), new Proofs.Proof(proof.fingerprint(), proof.at(), proof.at()));
        judge(proof.agent());
    }

    /** Proofs that other replicas were not told of for so long, or of another listener; they count as told then. */
    public List<ListenerProof> untoldProofs(Duration atMost) {
        return proofs.untold(atMost);
    }

    private void judge(AgentName agent) {
        awaiting.getOrDefault(agent, Map.of()).forEach((id, awaited) -> {
            AgentStatus status = statuses.get(id);
            if (status == null || !status.isConnected()) {
                awaitNoMore(agent, id, awaited);
            } else if (proofs.hold(agent, awaited.fingerprints(), status.connectedAt())) {
                awaitNoMore(agent, id, awaited);
                effective(id, awaited.version());
            }
        });
    }

    private void awaitNoMore(AgentName agent, String id, Awaited awaited) {
        awaiting.computeIfPresent(agent, (ignored, all) -> {
            all.remove(id, awaited);
            return all.isEmpty() ? null : all;
        });
    }

    /** The listeners of an agent that have not reported yet what they are to report; empty where nothing is awaited. */
    public List<String> unproven(String agent) {
        AgentStatus status = statuses.get(agent);
        if (status == null) {
            return List.of();
        }
        Awaited awaited = awaiting.getOrDefault(status.name(), Map.of()).get(agent);
        return awaited == null
                ? List.of()
                : awaited.fingerprints().entrySet().stream()
                        .filter(wanted -> !proofs.hold(
                                status.name(), Map.of(wanted.getKey(), wanted.getValue()), status.connectedAt()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
    }

    @Override
    public void gone(String agent) {
        update(agent, status -> status.gone(clock.instant()));
    }

    /** Forgets who is gone since before then. */
    public void forgetGone(Instant before) {
        if (statuses.values().removeIf(status -> status.goneAt().isBefore(before))) {
            tell();
        }
    }

    private void progress(String agent, UnaryOperator<Progress> change) {
        update(agent, status -> status.with(change.apply(status.progress())));
    }

    private void tell() {
        watchers.forEach(Runnable::run);
    }

    /** Who is connected, by gateway, then by time of connection. */
    public List<AgentStatus> all() {
        return sorted(
                statuses.values().stream().filter(AgentStatus::isConnected).toList());
    }

    /** The same, with those that are gone and were not forgotten. */
    public List<AgentStatus> withGone() {
        return sorted(statuses.values());
    }

    private static List<AgentStatus> sorted(Collection<AgentStatus> agents) {
        return agents.stream().sorted(ORDER).toList();
    }

    /** A watch that can be ended. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
