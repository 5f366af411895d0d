package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.audit.AuditEvent;
import io.sallyport.domain.audit.AuditEvent.Place;
import io.sallyport.rest.json.AuditJson;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.Tree;
import io.sallyport.usecase.ListAuditEvents;
import io.sallyport.usecase.Page;
import io.sallyport.usecase.VerifyAudit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit trail over HTTP. */
@Path("/api/v1/audit-events")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Audit")
public class AuditResource {
    private final Exchange exchange;
    private final Query query;
    private final ListAuditEvents listAuditEvents;
    private final VerifyAudit verifyAudit;

    @Inject
    AuditResource(Exchange exchange, Query query, ListAuditEvents listAuditEvents, VerifyAudit verifyAudit) {
        this.exchange = exchange;
        this.query = query;
        this.listAuditEvents = listAuditEvents;
        this.verifyAudit = verifyAudit;
    }

    @GET
    @Operation(operationId = "listAuditEvents", summary = "List what was done and what was refused, newest first")
    public ObjectNode list(
            @BeanParam AuditParameters wanted,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("continue") @Nullable String after) {
        query.takes(
                "actor", Query.NAMESPACE, Query.KIND, "name", "outcome", "since", "until", Query.LIMIT, Query.CONTINUE);
        Page<AuditEvent> page = listAuditEvents.list(
                exchange.caller(),
                wanted.filter(),
                Parameters.number("continue", after, Long.MAX_VALUE),
                Parameters.limit(limit));
        ObjectNode result = Tree.object();
        result.set(
                "items", Tree.array(page.items().stream().map(AuditJson::write).toList()));
        page.next(AuditEvent::sequence).ifPresent(mark -> result.put("continue", Long.toString(mark)));
        return result;
    }

    @GET
    @Path("verify")
    @Operation(operationId = "verifyAudit", summary = "Find out whether the audit trail is as it was written")
    public ObjectNode verify(
            @QueryParam("sequence") @Nullable String sequence, @QueryParam("hash") @Nullable String hash) {
        query.takes("sequence", "hash");
        return AuditJson.write(verifyAudit.verify(exchange.caller(), place(sequence, hash)));
    }

    private static Place place(@Nullable String sequence, @Nullable String hash) {
        long number = Parameters.number("sequence", sequence, 0);
        if ((number == 0) != (hash == null || hash.isEmpty())) {
            throw Exchange.malformed("sequence and hash are given together, as an earlier answer had them.");
        }
        return number == 0 ? Place.START : new Place(number, String.valueOf(hash));
    }
}
