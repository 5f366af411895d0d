package io.sallyport.push.agent;

import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A snapshot in the words of the agent protocol. What was encoded for one agent is kept for all others that need the
 * same; {@code messages} is a concurrent map, and lives as long as some agent holds or wants this snapshot.
 */
final class AgentSnapshot {
    private static final String FULL = "";

    private final SnapshotVersion version;
    private final ControlPlaneLoss onControlPlaneLoss;
    private final SequencedMap<String, AgentResource> resources = new LinkedHashMap<>();
    private final Map<String, List<ServerMessage>> messages = new ConcurrentHashMap<>();

    AgentSnapshot(SnapshotVersion version, ControlPlaneLoss onControlPlaneLoss, Collection<AgentResource> resources) {
        this.version = version;
        this.onControlPlaneLoss = onControlPlaneLoss;
        resources.forEach(resource -> this.resources.put(resource.name(), resource));
    }

    SnapshotVersion version() {
        return version;
    }

    ControlPlaneLoss onControlPlaneLoss() {
        return onControlPlaneLoss;
    }

    /** The hash of every resource, by name. */
    Map<String, String> hashes() {
        return resources.values().stream().collect(Collectors.toMap(AgentResource::name, AgentResource::hash));
    }

    boolean consistsOf(Map<String, String> hashes) {
        return hashes.size() == resources.size()
                && resources.values().stream()
                        .allMatch(resource -> resource.hash().equals(hashes.get(resource.name())));
    }

    /** What brings any agent here, whatever it holds. */
    List<ServerMessage> full() {
        return messages.computeIfAbsent(
                FULL, ignored -> SnapshotMessages.full(version, List.copyOf(resources.values())));
    }

    /** What brings an agent here that holds another snapshot. */
    List<ServerMessage> since(AgentSnapshot held) {
        return messages.computeIfAbsent(held.version.toString(), ignored -> since(held.hashes()));
    }

    /** What brings an agent here that holds resources of these hashes. */
    List<ServerMessage> since(Map<String, String> held) {
        List<AgentResource> upserts = resources.values().stream()
                .filter(resource -> !resource.hash().equals(held.get(resource.name())))
                .toList();
        List<String> removals = held.keySet().stream()
                .filter(name -> !resources.containsKey(name))
                .sorted()
                .toList();
        return SnapshotMessages.delta(version, upserts, removals);
    }
}
