package io.sallyport.usecase;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Quorum;
import io.sallyport.domain.agent.Stage;
import java.util.List;

/** How far the agents of some gateways have come with a revision. */
public record Convergence(Revision revision, Stage wanted, Quorum quorum, List<OfGateway> gateways) {
    public Convergence {
        gateways = List.copyOf(gateways);
    }

    /** Whether enough agents of each gateway have come that far; a gateway without agents holds up nobody. */
    public boolean isReached() {
        return gateways.stream().allMatch(gateway -> gateway.isReached(wanted, quorum));
    }

    public long total() {
        return gateways.stream().mapToLong(gateway -> gateway.agents().size()).sum();
    }

    public long count(Stage stage) {
        return gateways.stream().mapToLong(gateway -> gateway.count(stage)).sum();
    }

    /** One gateway's agents. */
    public record OfGateway(ResourceName gateway, List<OfAgent> agents) {
        public OfGateway {
            agents = List.copyOf(agents);
        }

        public boolean isReached(Stage wanted, Quorum quorum) {
            return agents.isEmpty() || quorum.isMet(count(wanted), agents.size());
        }

        public long count(Stage stage) {
            return agents.stream()
                    .filter(agent -> agent.stage().includes(stage))
                    .count();
        }
    }

    /**
     * One agent.
     *
     * @param why it has come no further; empty where it has come all the way
     */
    public record OfAgent(AgentStatus agent, Stage stage, String why) {}
}
