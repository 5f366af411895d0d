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

/** Guardrails over HTTP. */
@Path("/api/v1/namespaces/{namespace}/guardrails")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE, Format.PART_JSON_TYPE, Format.PART_YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Guardrails")
public class GuardrailsResource {
    private final ResourceExchange resources;
    private final PatchExchange patches;
    private final UsesExchange uses;

    @Inject
    GuardrailsResource(ResourceExchange resources, PatchExchange patches, UsesExchange uses) {
        this.resources = resources;
        this.patches = patches;
        this.uses = uses;
    }

    @GET
    @Operation(operationId = "listGuardrails", summary = "List guardrails by name")
    public ObjectNode list(@PathParam("namespace") String namespace) {
        return resources.list(Kind.GUARDRAIL, namespace);
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getGuardrail", summary = "Read a guardrail")
    public Response get(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return resources.get(Kind.GUARDRAIL, namespace, name);
    }

    @PUT
    @Path("{name}")
    @Consumes({Format.JSON_TYPE, Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE})
    @Operation(operationId = "putGuardrail", summary = "Create or replace a guardrail")
    public Response put(@PathParam("namespace") String namespace, @PathParam("name") String name, InputStream body) {
        return resources.put(Kind.GUARDRAIL, namespace, name, body);
    }

    @PATCH
    @Path("{name}")
    @Consumes({PatchForm.MERGE_TYPE, PatchForm.STEPS_TYPE})
    @Operation(operationId = "patchGuardrail", summary = "Change a part of a guardrail")
    public Response patch(@PathParam("namespace") String namespace, @PathParam("name") String name, InputStream body) {
        return patches.patch(Kind.GUARDRAIL, namespace, name, body);
    }

    @DELETE
    @Path("{name}")
    @Operation(operationId = "deleteGuardrail", summary = "Delete a guardrail")
    public Response delete(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return resources.delete(Kind.GUARDRAIL, namespace, name);
    }

    @GET
    @Path("{name}/used-by")
    @Operation(operationId = "listGuardrailUses", summary = "List what uses a guardrail")
    public ObjectNode usedBy(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return uses.list(Kind.GUARDRAIL, namespace, name);
    }
}
