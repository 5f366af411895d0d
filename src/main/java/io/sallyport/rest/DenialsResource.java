package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.rest.json.DenialJson;
import io.sallyport.rest.json.Format;
import io.sallyport.usecase.ListDenials;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was refused lately, over HTTP. */
@Path("/api/v1/namespaces/{namespace}/denials")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Agents")
public class DenialsResource {
    private final Exchange exchange;
    private final Query query;
    private final ListDenials listDenials;

    @Inject
    DenialsResource(Exchange exchange, Query query, ListDenials listDenials) {
        this.exchange = exchange;
        this.query = query;
        this.listDenials = listDenials;
    }

    @GET
    @Operation(operationId = "listDenials", summary = "List what gateways refused lately")
    public ObjectNode list(@PathParam("namespace") String namespace, @QueryParam("limit") @Nullable String limit) {
        query.takes(Query.LIMIT);
        return DenialJson.write(
                listDenials.list(exchange.caller(), Parameters.existing(namespace), Parameters.limit(limit)));
    }
}
