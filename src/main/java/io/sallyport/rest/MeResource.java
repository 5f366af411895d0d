package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.rest.json.AccessJson;
import io.sallyport.rest.json.Format;
import io.sallyport.usecase.DescribeCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller himself over HTTP. */
@Path("/api/v1/me")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Access")
public class MeResource {
    private final Exchange exchange;
    private final Query query;
    private final DescribeCaller describeCaller;

    @Inject
    MeResource(Exchange exchange, Query query, DescribeCaller describeCaller) {
        this.exchange = exchange;
        this.query = query;
        this.describeCaller = describeCaller;
    }

    @GET
    @Operation(operationId = "whoAmI", summary = "Read who you are to Sallyport, and your roles")
    public ObjectNode get() {
        query.takes();
        return AccessJson.write(describeCaller.of(exchange.caller()));
    }
}
