package io.sallyport.usecase;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import java.util.List;

/** Lists who is connected to this replica: the agents of gateways that the caller may read. */
public final class ListAgents {
    private final Authorizer authorizer;
    private final AgentRegistry registry;

    public ListAgents(Authorizer authorizer, AgentRegistry registry) {
        this.authorizer = authorizer;
        this.registry = registry;
    }

    public List<AgentStatus> list(Caller caller) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        return registry.all().stream()
                .filter(agent -> access.may(Right.READ, agent.gateway().namespace()))
                .toList();
    }
}
