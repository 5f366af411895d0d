package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.rest.json.ChangeJson;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.Projection;
import io.sallyport.rest.json.ResourceJson;
import io.sallyport.rest.json.RestoreJson;
import io.sallyport.rest.json.Tree;
import io.sallyport.usecase.DiffRevisions;
import io.sallyport.usecase.Page;
import io.sallyport.usecase.ReadState;
import io.sallyport.usecase.RestoreRevision;
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

/** Everything as it was at a revision, over HTTP: read, compared, and made so again. */
@Path("/api/v1/revisions/{revision}")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE, Format.PART_JSON_TYPE, Format.PART_YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "History")
public class PastResource {
    private final Exchange exchange;
    private final Once once;
    private final Query query;
    private final ReadState readState;
    private final DiffRevisions diffRevisions;
    private final RestoreRevision restoreRevision;

    @Inject
    PastResource(
            Exchange exchange,
            Once once,
            Query query,
            ReadState readState,
            DiffRevisions diffRevisions,
            RestoreRevision restoreRevision) {
        this.exchange = exchange;
        this.once = once;
        this.query = query;
        this.readState = readState;
        this.diffRevisions = diffRevisions;
        this.restoreRevision = restoreRevision;
    }

    @GET
    @Path("state")
    @Operation(operationId = "getState", summary = "Read everything as it was at a revision")
    public ObjectNode state(@PathParam("revision") String number) {
        query.takes(Query.LIMIT, Query.CONTINUE, Query.KIND, Query.NAMESPACE, Query.FIELDS);
        Revision revision = Parameters.revision(number);
        Projection fields = query.fields();
        Page<Resource<?>> page = readState.read(
                exchange.caller(),
                revision,
                query.kind(),
                query.name(Query.NAMESPACE),
                query.parsed(Query.CONTINUE, PastResource::key, "what the page before gave as continue"),
                query.limit());
        ObjectNode result = Tree.object().put("revision", revision.number());
        result.set(
                "items",
                Tree.array(page.items().stream()
                        .map(resource -> fields.of(ResourceJson.write(resource)))
                        .toList()));
        page.next(Resource::key).ifPresent(last -> result.put(Query.CONTINUE, text(last)));
        return result;
    }

    @GET
    @Path("diff")
    @Operation(operationId = "diffRevisions", summary = "Compare everything at a revision with another one")
    public ObjectNode diff(@PathParam("revision") String number) {
        query.takes("against", "format");
        Revision after = Parameters.revision(number);
        Revision before = query.revision("against").stream().findFirst().orElseGet(() -> previous(after));
        ObjectNode result = Tree.object().put("revision", after.number()).put("against", before.number());
        switch (query.text("format").stream().findFirst().orElse("resources")) {
            case "resources" ->
                result.set(
                        "changes",
                        Tree.array(diffRevisions.ofResources(exchange.caller(), before, after).stream()
                                .map(ChangeJson::write)
                                .toList()));
            case "neutral" -> result.set("gateways", gateways(before, after, false));
            case "envoy" -> result.set("gateways", gateways(before, after, true));
            default -> throw Exchange.malformed("format is resources, neutral or envoy.");
        }
        return result;
    }

    private ArrayNode gateways(Revision before, Revision after, boolean inEnvoyWords) {
        return Tree.array(diffRevisions.ofGateways(exchange.caller(), before, after, inEnvoyWords).stream()
                .map(ChangeJson::write)
                .toList());
    }

    @POST
    @Path("restore")
    @Operation(operationId = "restoreRevision", summary = "Make everything as it was at a revision, by a new one")
    public Response restore(@PathParam("revision") String number) {
        query.takesOfWrite();
        exchange.takesNo(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH);
        Revision revision = Parameters.revision(number);
        if (exchange.isDryRun()) {
            return Response.ok(RestoreJson.write(
                            revision,
                            restoreRevision.tried(
                                    exchange.caller(), revision, exchange.terms(), exchange.previewWish())))
                    .build();
        }
        return once.answer(new byte[0], () -> restored(revision));
    }

    private Response restored(Revision revision) {
        String words = exchange.message();
        RestoreRevision.Restored restored = restoreRevision.restore(
                exchange.caller(),
                revision,
                words.isEmpty() ? "restored revision %s".formatted(revision) : words,
                exchange.terms());
        return Response.ok(RestoreJson.write(revision, restored))
                .header(ResourceExchange.REVISION, restored.written().revision())
                .header(
                        ResourceExchange.CONFIRM_BY,
                        ResourceExchange.confirmBy(restored.written().confirmBy()))
                .build();
    }

    private static Revision previous(Revision revision) {
        return new Revision(Math.max(0, revision.number() - 1));
    }

    // A walk through one revision sees one state anyway, so that a name is enough to go on after.
    private static String text(ResourceKey last) {
        return last.kind().documentName() + "/" + last.name();
    }

    private static ResourceKey key(String text) {
        int slash = text.indexOf('/');
        Kind kind = Kind.ofDocumentName(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(IllegalArgumentException::new);
        return new ResourceKey(kind, ResourceName.parse(text.substring(slash + 1)));
    }
}
