package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.HistoryJson;
import io.sallyport.rest.json.Tree;
import io.sallyport.usecase.GetRevision;
import io.sallyport.usecase.ListRevisions;
import io.sallyport.usecase.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The history over HTTP. */
@Path("/api/v1/revisions")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "History")
public class RevisionsResource {
    private final Exchange exchange;
    private final ListRevisions listRevisions;
    private final GetRevision getRevision;

    @Inject
    RevisionsResource(Exchange exchange, ListRevisions listRevisions, GetRevision getRevision) {
        this.exchange = exchange;
        this.listRevisions = listRevisions;
        this.getRevision = getRevision;
    }

    @GET
    @Operation(operationId = "listRevisions", summary = "List revisions, newest first")
    public ObjectNode list(@QueryParam("limit") @Nullable String limit, @QueryParam("before") @Nullable String before) {
        Revision bound = new Revision(Parameters.number("before", before, Long.MAX_VALUE));
        Page<RevisionRecord> page = listRevisions.list(exchange.caller(), bound, Parameters.limit(limit));
        ObjectNode result = Tree.object();
        result.set(
                "items",
                Tree.array(page.items().stream().map(HistoryJson::summary).toList()));
        page.next(RevisionRecord::revision).ifPresent(mark -> result.put("before", mark.number()));
        return result;
    }

    @GET
    @Path("{revision}")
    @Operation(operationId = "getRevision", summary = "Read a revision with all that it changed")
    public ObjectNode get(@PathParam("revision") String revision) {
        Revision wanted = new Revision(Parameters.number("revision", revision, 0));
        return HistoryJson.write(getRevision.get(exchange.caller(), wanted));
    }
}
