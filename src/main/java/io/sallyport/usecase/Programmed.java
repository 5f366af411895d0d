package io.sallyport.usecase;

import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.agent.Stage;
import io.sallyport.identity.Access;
import io.sallyport.identity.Right;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the agents that a resource concerns run it as it is.
 *
 * @param state that the resources are of
 * @param agents of all replicas, those that are gone lately among them
 * @param access of who is told; agents of gateways that he may not read are counted and not named
 */
record Programmed(DesiredState state, List<AgentStatus> agents, Standing standing, Access access) {
    private static final String TYPE = "Programmed";
    private static final int MOST_NAMED = 3;

    Condition of(Resource<?> resource) {
        Set<ResourceName> gateways = TouchedGateways.concerned(state, resource.key());
        List<AgentStatus> concerned = agents.stream()
                .filter(agent -> gateways.contains(agent.gateway()))
                .toList();
        if (concerned.isEmpty()) {
            return condition(false, "NoAgents", nobody(gateways));
        }
        List<AgentStatus> missing =
                concerned.stream().filter(agent -> !runs(agent, resource)).toList();
        int done = concerned.size() - missing.size();
        String counted = "%d/%d agents run it%s".formatted(done, concerned.size(), rollouts(resource, gateways));
        return missing.isEmpty()
                ? condition(true, TYPE, counted + ".")
                : condition(false, reason(resource, missing), (counted + ". " + named(resource, missing)).strip());
    }

    private String rollouts(Resource<?> resource, Set<ResourceName> gateways) {
        return gateways.stream()
                .filter(gateway -> access.may(Right.READ, gateway.namespace()))
                .flatMap(gateway -> standing.rollout(gateway, resource.key()).stream())
                .distinct()
                .map(words -> ", " + words)
                .collect(Collectors.joining());
    }

    private static String nobody(Set<ResourceName> gateways) {
        return gateways.isEmpty()
                ? "0/0 agents run it: it concerns no gateway."
                : "0/0 agents run it: no agent of its gateways is connected.";
    }

    private boolean runs(AgentStatus agent, Resource<?> resource) {
        return held(agent, resource).isEmpty() && stage(agent, resource) == Stage.EFFECTIVE;
    }

    private static Optional<Held> held(AgentStatus agent, Resource<?> resource) {
        return agent.progress().held().stream()
                .filter(held -> held.object().equals(resource.key()))
                .findFirst();
    }

    private Stage stage(AgentStatus agent, Resource<?> resource) {
        return standing.stage(agent, resource);
    }

    // An Envoy that refuses something is led past it, so only what it refuses is to blame; other agents take all or
    // nothing.
    private static String reason(Resource<?> resource, List<AgentStatus> missing) {
        boolean isRefused = missing.stream()
                .anyMatch(agent -> held(agent, resource).isPresent()
                        || (agent.protocol() == AgentStatus.Protocol.AGENT
                                && !agent.lastError().isEmpty()));
        return isRefused ? "RejectedByAgent" : "Pending";
    }

    private String named(Resource<?> resource, List<AgentStatus> missing) {
        List<AgentStatus> named = missing.stream()
                .filter(agent -> access.may(Right.READ, agent.gateway().namespace()))
                .toList();
        String some = named.stream()
                .limit(MOST_NAMED)
                .map(agent -> "%s of %s does not: %s.".formatted(name(agent), agent.gateway(), why(agent, resource)))
                .collect(Collectors.joining(" "));
        int more = named.size() - MOST_NAMED;
        return more > 0 ? some + " Nor do %d more.".formatted(more) : some;
    }

    private String why(AgentStatus agent, Resource<?> resource) {
        return held(agent, resource)
                .map(Standing::refused)
                .orElseGet(() -> standing.why(agent, stage(agent, resource)));
    }

    private static String name(AgentStatus agent) {
        return agent.nodeId().isEmpty() ? agent.peer() : agent.nodeId();
    }

    private Condition condition(boolean status, String reason, String message) {
        return new Condition(TYPE, status, reason, message, state.revision());
    }
}
