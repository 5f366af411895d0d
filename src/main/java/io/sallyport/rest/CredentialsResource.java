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

/** Credentials over HTTP. */
@Path("/api/v1/namespaces/{namespace}/credentials")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE, Format.PART_JSON_TYPE, Format.PART_YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Credentials")
public class CredentialsResource {
    private final ResourceExchange resources;
    private final PatchExchange patches;
    private final UsesExchange uses;

    @Inject
    CredentialsResource(ResourceExchange resources, PatchExchange patches, UsesExchange uses) {
        this.resources = resources;
        this.patches = patches;
        this.uses = uses;
    }

    @GET
    @Operation(operationId = "listCredentials", summary = "List credentials by name, without their data")
    public ObjectNode list(@PathParam("namespace") String namespace) {
        return resources.list(Kind.CREDENTIAL, namespace);
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getCredential", summary = "Read a credential, without its data")
    public Response get(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return resources.get(Kind.CREDENTIAL, namespace, name);
    }

    @PUT
    @Path("{name}")
    @Consumes({Format.JSON_TYPE, Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE})
    @Operation(
            operationId = "putCredential",
            summary = "Create or replace a credential; without data, what is stored of it stays")
    public Response put(@PathParam("namespace") String namespace, @PathParam("name") String name, InputStream body) {
        return resources.put(Kind.CREDENTIAL, namespace, name, body);
    }

    @PATCH
    @Path("{name}")
    @Consumes({PatchForm.MERGE_TYPE, PatchForm.STEPS_TYPE})
    @Operation(operationId = "patchCredential", summary = "Change a part of a credential")
    public Response patch(@PathParam("namespace") String namespace, @PathParam("name") String name, InputStream body) {
        return patches.patch(Kind.CREDENTIAL, namespace, name, body);
    }

    @DELETE
    @Path("{name}")
    @Operation(operationId = "deleteCredential", summary = "Delete a credential")
    public Response delete(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return resources.delete(Kind.CREDENTIAL, namespace, name);
    }

    @GET
    @Path("{name}/used-by")
    @Operation(operationId = "listCredentialUses", summary = "List what uses a credential")
    public ObjectNode usedBy(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        return uses.list(Kind.CREDENTIAL, namespace, name);
    }
}
