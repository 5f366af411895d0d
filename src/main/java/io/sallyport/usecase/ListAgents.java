package io.sallyport.usecase;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import java.util.List;

/** Lists who is connected to this replica. */
public final class ListAgents {
    private final Authorizer authorizer;
    private final AgentRegistry registry;

    public ListAgents(Authorizer authorizer, AgentRegistry registry) {
        this.authorizer = authorizer;
        this.registry = registry;
    }

    public List<AgentStatus> list(Caller caller) {
        authorizer.checkReadAnywhere(caller);
        return registry.all();
    }
}
