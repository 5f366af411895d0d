package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionFilter;
import io.sallyport.domain.RevisionSummary;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The history over HTTP. */
@Path("/api/v1/revisions")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "History")
public class RevisionsResource {
    private static final String BEFORE = "before";

    private final Exchange exchange;
    private final Query query;
    private final ListRevisions listRevisions;
    private final GetRevision getRevision;

    @Inject
    RevisionsResource(Exchange exchange, Query query, ListRevisions listRevisions, GetRevision getRevision) {
        this.exchange = exchange;
        this.query = query;
        this.listRevisions = listRevisions;
        this.getRevision = getRevision;
    }

    @GET
    @Operation(operationId = "listRevisions", summary = "List revisions, newest first")
    public ObjectNode list() {
        query.takes(Query.LIMIT, BEFORE, "author", "since", "until", Query.KIND, Query.NAMESPACE, "name");
        Revision bound = query.revision(BEFORE).stream().findFirst().orElse(new Revision(Long.MAX_VALUE));
        RevisionFilter filter = new RevisionFilter(
                List.of(),
                query.text("author"),
                query.time("since"),
                query.time("until"),
                query.kind(),
                query.name(Query.NAMESPACE),
                query.name("name"));
        Page<RevisionSummary> page = listRevisions.list(exchange.caller(), filter, bound, query.limit());
        ObjectNode result = Tree.object();
        result.set(
                "items",
                Tree.array(page.items().stream().map(HistoryJson::summary).toList()));
        page.next(RevisionSummary::revision).ifPresent(mark -> result.put(BEFORE, mark.number()));
        return result;
    }

    @GET
    @Path("{revision}")
    @Operation(operationId = "getRevision", summary = "Read a revision with all that it changed")
    public ObjectNode get(@PathParam("revision") String revision) {
        query.takes();
        return HistoryJson.write(getRevision.get(exchange.caller(), Parameters.revision(revision)));
    }
}
