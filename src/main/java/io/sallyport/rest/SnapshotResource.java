package io.sallyport.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.ResourceName;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.SnapshotJson;
import io.sallyport.usecase.GetSnapshot;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a gateway must run, over HTTP. */
@Path("/api/v1/namespaces/{namespace}/egress-gateways/{name}/snapshot")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Egress gateways")
public class SnapshotResource {
    private final Exchange exchange;
    private final GetSnapshot getSnapshot;

    @Inject
    SnapshotResource(Exchange exchange, GetSnapshot getSnapshot) {
        this.exchange = exchange;
        this.getSnapshot = getSnapshot;
    }

    @GET
    @Operation(operationId = "getSnapshot", summary = "Read what the gateway must run")
    public JsonNode get(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @QueryParam("format") @DefaultValue("neutral") String format) {
        ResourceName gateway = new ResourceName(Parameters.existing(namespace), Parameters.existing(name));
        return switch (format) {
            case "neutral" -> SnapshotJson.write(getSnapshot.get(exchange.caller(), gateway));
            case "envoy" -> Format.JSON.mapper().valueToTree(getSnapshot.getForEnvoy(exchange.caller(), gateway));
            default -> throw Exchange.malformed("format is neutral or envoy.");
        };
    }
}
