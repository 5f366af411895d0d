package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.rest.json.AgentJson;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.Tree;
import io.sallyport.usecase.ListAgents;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Agents over HTTP. */
@Path("/api/v1/agents")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Agents")
public class AgentsResource {
    private final Exchange exchange;
    private final Query query;
    private final ListAgents listAgents;

    @Inject
    AgentsResource(Exchange exchange, Query query, ListAgents listAgents) {
        this.exchange = exchange;
        this.query = query;
        this.listAgents = listAgents;
    }

    @GET
    @Operation(operationId = "listAgents", summary = "List the agents of all replicas")
    public ObjectNode list() {
        query.takes();
        ObjectNode result = Tree.object();
        result.set(
                "items",
                Tree.array(listAgents.list(exchange.caller()).stream()
                        .map(AgentJson::write)
                        .toList()));
        return result;
    }
}
