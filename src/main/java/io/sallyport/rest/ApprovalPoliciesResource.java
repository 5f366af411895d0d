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

/** Approval policies over HTTP. */
@Path("/api/v1/namespaces/{namespace}/approval-policies")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Approval policies")
public class ApprovalPoliciesResource {
    private final ResourceExchange resources;
    private final PatchExchange patches;
    private final UsesExchange uses;

    @Inject
    ApprovalPoliciesResource(ResourceExchange resources, PatchExchange patches, UsesExchange uses) {
        this.resources = resources;
        this.patches = patches;
        this.uses = uses;
    }

    @GET
    @Operation(operationId = "listApprovalPolicies", summary = "List approval policies by name")
    public ObjectNode list(@PathParam("namespace") String namespace) {
        return resources.list(Kind.APPROVAL_POLICY, namespace);
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getApprovalPolicy", summary = "Read an approval policy")
    public Response get(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return resources.get(Kind.APPROVAL_POLICY, namespace, name);
    }

    @PUT
    @Path("{name}")
    @Consumes({Format.JSON_TYPE, Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE})
    @Operation(operationId = "putApprovalPolicy", summary = "Create or replace an approval policy")
    public Response put(@PathParam("namespace") String namespace, @PathParam("name") String name, InputStream body) {
        return resources.put(Kind.APPROVAL_POLICY, namespace, name, body);
    }

    @PATCH
    @Path("{name}")
    @Consumes({PatchForm.MERGE_TYPE, PatchForm.STEPS_TYPE})
    @Operation(operationId = "patchApprovalPolicy", summary = "Change a part of an approval policy")
    public Response patch(@PathParam("namespace") String namespace, @PathParam("name") String name, InputStream body) {
        return patches.patch(Kind.APPROVAL_POLICY, namespace, name, body);
    }

    @DELETE
    @Path("{name}")
    @Operation(operationId = "deleteApprovalPolicy", summary = "Delete an approval policy")
    public Response delete(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return resources.delete(Kind.APPROVAL_POLICY, namespace, name);
    }

    @GET
    @Path("{name}/used-by")
    @Operation(operationId = "listApprovalPolicyUses", summary = "List what uses an approval policy")
    public ObjectNode usedBy(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return uses.list(Kind.APPROVAL_POLICY, namespace, name);
    }
}
