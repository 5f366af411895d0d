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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Namespaces over HTTP. */
@Path("/api/v1/namespaces")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE, Format.PART_JSON_TYPE, Format.PART_YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Namespaces")
public class NamespacesResource {
    private final ResourceExchange resources;
    private final ListExchange lists;
    private final PatchExchange patches;
    private final UsesExchange uses;

    @Inject
    NamespacesResource(ResourceExchange resources, ListExchange lists, PatchExchange patches, UsesExchange uses) {
        this.resources = resources;
        this.lists = lists;
        this.patches = patches;
        this.uses = uses;
    }

    @GET
    @Operation(operationId = "listNamespaces", summary = "List namespaces by name")
    public ObjectNode list() {
        return lists.list(Kind.NAMESPACE, List.of());
    }

    @GET
    @Path("{namespace}")
    @Operation(operationId = "getNamespace", summary = "Read a namespace")
    public Response get(@PathParam("namespace") String namespace) {
        return resources.get(Kind.NAMESPACE, namespace, namespace);
    }

    @PUT
    @Path("{namespace}")
    @Consumes({Format.JSON_TYPE, Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE})
    @Operation(operationId = "putNamespace", summary = "Create or replace a namespace")
    public Response put(@PathParam("namespace") String namespace, InputStream body) {
        return resources.put(Kind.NAMESPACE, namespace, namespace, body);
    }

    @PATCH
    @Path("{namespace}")
    @Consumes({PatchForm.MERGE_TYPE, PatchForm.STEPS_TYPE})
    @Operation(operationId = "patchNamespace", summary = "Change a part of a namespace")
    public Response patch(@PathParam("namespace") String namespace, InputStream body) {
        return patches.patch(Kind.NAMESPACE, namespace, namespace, body);
    }

    @DELETE
    @Path("{namespace}")
    @Operation(operationId = "deleteNamespace", summary = "Delete an empty namespace")
    public Response delete(@PathParam("namespace") String namespace) {
        return resources.delete(Kind.NAMESPACE, namespace, namespace);
    }

    @GET
    @Path("{namespace}/used-by")
    @Operation(operationId = "listNamespaceUses", summary = "List what is in a namespace or names it")
    public ObjectNode usedBy(@PathParam("namespace") String namespace) {
        return uses.list(Kind.NAMESPACE, namespace, namespace);
    }
}
