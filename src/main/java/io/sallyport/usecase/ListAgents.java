package io.sallyport.usecase;

import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import java.util.List;

/** Lists the agents of all replicas, of gateways that the caller may read. */
public final class ListAgents {
    private final Authorizer authorizer;
    private final Fleet fleet;

    public ListAgents(Authorizer authorizer, Fleet fleet) {
        this.authorizer = authorizer;
        this.fleet = fleet;
    }

    public List<AgentStatus> list(Caller caller) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        return fleet.agents().stream()
                .filter(agent -> access.may(Right.READ, agent.gateway().namespace()))
                .toList();
    }
}
