package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.Kind;
import io.sallyport.rest.json.Format;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Namespaces")
public class NamespacesResource {
    private final ResourceExchange resources;
    private final ListExchange lists;

    @Inject
    NamespacesResource(ResourceExchange resources, ListExchange lists) {
        this.resources = resources;
        this.lists = lists;
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

    @DELETE
    @Path("{namespace}")
    @Operation(operationId = "deleteNamespace", summary = "Delete an empty namespace")
    public Response delete(@PathParam("namespace") String namespace) {
        return resources.delete(Kind.NAMESPACE, namespace, namespace);
    }
}
