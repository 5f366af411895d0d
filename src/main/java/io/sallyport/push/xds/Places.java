package io.sallyport.push.xds;

import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.gateway.AgentPrincipal;
import java.util.HashMap;
import java.util.Map;

/** The places for streams: of all, of each client, and of each agent once it has said who it is. Guards itself. */
final class Places {
    private final StreamLimits limits;
    private final StreamCounts counts;
    private final Arrivals arrivalsOfClients;
    private final Arrivals arrivalsOfAgents;
    private final Map<AgentPrincipal, Integer> byClient = new HashMap<>();
    private final Map<AgentName, Integer> byAgent = new HashMap<>();

    Places(StreamLimits limits, StreamCounts counts) {
        this.limits = limits;
        this.counts = counts;
        this.arrivalsOfClients = new Arrivals(limits.newOfClient());
        this.arrivalsOfAgents = new Arrivals(limits.newOfAgent());
    }

    /** Takes a place, which is to be left in any case; throws what the client is told where there is none. */
    void enter(AgentPrincipal client, String address) {
        if (counts.opened() > limits.streams()) {
            synchronized (this) {
                byClient.merge(client, 1, Integer::sum);
            }
            throw counts.refusal(
                    StreamLimit.STREAMS,
                    "This replica has %d streams open; that is the most. Others may have room"
                            .formatted(limits.streams()));
        }
        enterAsClient(client, address);
    }

    private synchronized void enterAsClient(AgentPrincipal client, String address) {
        if (byClient.merge(client, 1, Integer::sum) > limits.perClient()) {
            throw counts.refusal(
                    StreamLimit.STREAMS_OF_CLIENT,
                    "The client '%s' has %d streams open; that is the most".formatted(client, limits.perClient()));
        }
        // A port says nothing of who it is.
        if (!arrivalsOfClients.admits(client + " " + address.replaceFirst(":[0-9]+$", ""))) {
            throw counts.refusal(
                    StreamLimit.NEW_STREAMS_OF_CLIENT,
                    "The client '%s' opens too many streams in a short time: %s. Wait a little"
                            .formatted(client, limits.newOfClient()));
        }
    }

    synchronized void leave(AgentPrincipal client) {
        counts.closed();
        byClient.computeIfPresent(client, (ignored, count) -> count > 1 ? count - 1 : null);
    }

    /** The same, of an agent that has proven and said who it is. */
    synchronized void enter(AgentName agent) {
        if (byAgent.merge(agent, 1, Integer::sum) > limits.perAgent()) {
            throw counts.refusal(
                    StreamLimit.STREAMS_OF_AGENT,
                    ("The agent '%s' has %d streams open; that is the most. Envoys of one identity need node ids of their"
                                    + " own")
                            .formatted(Conversation.shortened(agent.nodeId()), limits.perAgent()));
        }
        if (!arrivalsOfAgents.admits(agent.toString())) {
            throw counts.refusal(
                    StreamLimit.NEW_STREAMS_OF_AGENT,
                    "The agent '%s' opens too many streams in a short time: %s. Wait a little"
                            .formatted(Conversation.shortened(agent.nodeId()), limits.newOfAgent()));
        }
    }

    synchronized void leave(AgentName agent) {
        byAgent.computeIfPresent(agent, (ignored, count) -> count > 1 ? count - 1 : null);
    }
}
