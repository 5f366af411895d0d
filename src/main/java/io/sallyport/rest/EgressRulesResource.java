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

/** Egress rules over HTTP. */
@Path("/api/v1/namespaces/{namespace}/egress-rules")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE, Format.PART_JSON_TYPE, Format.PART_YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Egress rules")
public class EgressRulesResource {
    private final ResourceExchange resources;
    private final PatchExchange patches;
    private final UsesExchange uses;

    @Inject
    EgressRulesResource(ResourceExchange resources, PatchExchange patches, UsesExchange uses) {
        this.resources = resources;
        this.patches = patches;
        this.uses = uses;
    }

    @GET
    @Operation(operationId = "listEgressRules", summary = "List egress rules by name")
    public ObjectNode list(@PathParam("namespace") String namespace) {
        return resources.list(Kind.EGRESS_RULE, namespace);
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getEgressRule", summary = "Read an egress rule")
    public Response get(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return resources.get(Kind.EGRESS_RULE, namespace, name);
    }

    @PUT
    @Path("{name}")
    @Consumes({Format.JSON_TYPE, Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE})
    @Operation(operationId = "putEgressRule", summary = "Create or replace an egress rule")
    public Response put(@PathParam("namespace") String namespace, @PathParam("name") String name, InputStream body) {
        return resources.put(Kind.EGRESS_RULE, namespace, name, body);
    }

    @PATCH
    @Path("{name}")
    @Consumes({PatchForm.MERGE_TYPE, PatchForm.STEPS_TYPE})
    @Operation(operationId = "patchEgressRule", summary = "Change a part of an egress rule")
    public Response patch(@PathParam("namespace") String namespace, @PathParam("name") String name, InputStream body) {
        return patches.patch(Kind.EGRESS_RULE, namespace, name, body);
    }

    @DELETE
    @Path("{name}")
    @Operation(operationId = "deleteEgressRule", summary = "Delete an egress rule")
    public Response delete(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return resources.delete(Kind.EGRESS_RULE, namespace, name);
    }

    @GET
    @Path("{name}/used-by")
    @Operation(operationId = "listEgressRuleUses", summary = "List what uses an egress rule")
    public ObjectNode usedBy(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return uses.list(Kind.EGRESS_RULE, namespace, name);
    }
}
