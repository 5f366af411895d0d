package io.sallyport.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.SnapshotJson;
import io.sallyport.usecase.GetSnapshot;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a gateway must run, over HTTP. */
@Path("/api/v1/namespaces/{namespace}/egress-gateways/{name}/snapshot")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Egress gateways")
public class SnapshotResource {
    private static final String FORMAT = "format";

    private final Exchange exchange;
    private final Query query;
    private final GetSnapshot getSnapshot;

    @Inject
    SnapshotResource(Exchange exchange, Query query, GetSnapshot getSnapshot) {
        this.exchange = exchange;
        this.query = query;
        this.getSnapshot = getSnapshot;
    }

    @GET
    @Operation(operationId = "getSnapshot", summary = "Read what the gateway must run")
    public JsonNode get(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        query.takes(FORMAT, Query.REVISION);
        ResourceName gateway = new ResourceName(Parameters.existing(namespace), Parameters.existing(name));
        String format = query.text(FORMAT).stream().findFirst().orElse("neutral");
        return switch (format) {
            case "neutral" -> SnapshotJson.write(snapshot(gateway));
            case "envoy" -> Format.JSON.mapper().valueToTree(getSnapshot.forEnvoy(snapshot(gateway)));
            default -> throw Exchange.malformed("format is neutral or envoy.");
        };
    }

    private Snapshot snapshot(ResourceName gateway) {
        return query.revision(Query.REVISION).stream()
                .findFirst()
                .map(revision -> getSnapshot.get(exchange.caller(), gateway, revision))
                .orElseGet(() -> getSnapshot.get(exchange.caller(), gateway));
    }
}
