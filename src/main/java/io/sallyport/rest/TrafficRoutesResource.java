package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.Kind;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.PatchForm;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Traffic routes over HTTP. */
@Path("/api/v1/namespaces/{namespace}/traffic-routes")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE, Format.PART_JSON_TYPE, Format.PART_YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Traffic routes")
public class TrafficRoutesResource {
    private final ResourceExchange resources;
    private final PatchExchange patches;
    private final UsesExchange uses;

    @Inject
    TrafficRoutesResource(ResourceExchange resources, PatchExchange patches, UsesExchange uses) {
        this.resources = resources;
        this.patches = patches;
        this.uses = uses;
    }

    @GET
    @Operation(operationId = "listTrafficRoutes", summary = "List traffic routes by name")
    public ObjectNode list(@PathParam("namespace") String namespace) {
        return resources.list(Kind.TRAFFIC_ROUTE, namespace);
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getTrafficRoute", summary = "Read a traffic route")
    public Response get(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return resources.get(Kind.TRAFFIC_ROUTE, namespace, name);
    }

    @PUT
    @Path("{name}")
    @Consumes({Format.JSON_TYPE, Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE})
    @Operation(operationId = "putTrafficRoute", summary = "Create or replace a traffic route")
    public Response put(@PathParam("namespace") String namespace, @PathParam("name") String name, InputStream body) {
        return resources.put(Kind.TRAFFIC_ROUTE, namespace, name, body);
    }

    @PATCH
    @Path("{name}")
    @Consumes({PatchForm.MERGE_TYPE, PatchForm.STEPS_TYPE})
    @Operation(operationId = "patchTrafficRoute", summary = "Change a part of a traffic route")
    public Response patch(@PathParam("namespace") String namespace, @PathParam("name") String name, InputStream body) {
        return patches.patch(Kind.TRAFFIC_ROUTE, namespace, name, body);
    }

    @DELETE
    @Path("{name}")
    @Operation(operationId = "deleteTrafficRoute", summary = "Delete a traffic route")
    public Response delete(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return resources.delete(Kind.TRAFFIC_ROUTE, namespace, name);
    }

    @GET
    @Path("{name}/used-by")
    @Operation(operationId = "listTrafficRouteUses", summary = "List what uses a traffic route")
    public ObjectNode usedBy(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return uses.list(Kind.TRAFFIC_ROUTE, namespace, name);
    }
}
