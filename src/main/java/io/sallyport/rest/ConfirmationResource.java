package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.Revision;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.rest.json.ConfirmationJson;
import io.sallyport.rest.json.Format;
import io.sallyport.usecase.ConfirmRevision;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Revisions that wait to be confirmed, over HTTP. */
@Path("/api/v1/revisions/{revision}")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "History")
public class ConfirmationResource {
    private final Exchange exchange;
    private final Query query;
    private final Once once;
    private final ConfirmRevision confirmRevision;

    @Inject
    ConfirmationResource(Exchange exchange, Query query, Once once, ConfirmRevision confirmRevision) {
        this.exchange = exchange;
        this.query = query;
        this.once = once;
        this.confirmRevision = confirmRevision;
    }

    @GET
    @Path("confirmation")
    @Operation(
            operationId = "getConfirmation",
            summary = "Read what became, or is to become, of a revision that was to be confirmed")
    public ObjectNode get(@PathParam("revision") String revision) {
        query.takes();
        return written(confirmRevision.get(exchange.caller(), wanted(revision)));
    }

    @POST
    @Path("confirm")
    @Operation(
            operationId = "confirmRevision",
            summary = "Keep a revision that is taken back otherwise when its time is over")
    public Response confirm(@PathParam("revision") String revision) {
        query.takes();
        exchange.takesNo(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH);
        exchange.takesNoMessage();
        exchange.takesNoEmergency();
        return once.answer(
                new byte[0],
                () -> Response.ok(written(confirmRevision.confirm(exchange.caller(), wanted(revision))))
                        .build());
    }

    private ObjectNode written(Confirmation confirmation) {
        return ConfirmationJson.write(
                confirmation, confirmRevision.approvals(exchange.caller(), confirmation.revision()));
    }

    private static Revision wanted(String text) {
        return new Revision(Parameters.number("revision", text, 0));
    }
}
