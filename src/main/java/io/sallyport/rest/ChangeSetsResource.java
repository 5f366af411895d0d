package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.approval.Approval;
import io.sallyport.domain.change.ChangeSet;
import io.sallyport.rest.json.ApprovalJson;
import io.sallyport.rest.json.Batch;
import io.sallyport.rest.json.ChangeSetJson;
import io.sallyport.rest.json.Documents;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.HistoryJson;
import io.sallyport.rest.json.PreviewJson;
import io.sallyport.rest.json.Tree;
import io.sallyport.usecase.ApproveChangeSet;
import io.sallyport.usecase.ChangeSets;
import io.sallyport.usecase.Intent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Drafts of revisions over HTTP. */
@Path("/api/v1/change-sets")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Change sets")
public class ChangeSetsResource {
    private static final byte[] NO_BODY = {};

    private final Exchange exchange;
    private final Query query;
    private final Once once;
    private final ChangeSets changeSets;
    private final ApproveChangeSet approveChangeSet;

    @Inject
    ChangeSetsResource(
            Exchange exchange, Query query, Once once, ChangeSets changeSets, ApproveChangeSet approveChangeSet) {
        this.exchange = exchange;
        this.query = query;
        this.once = once;
        this.changeSets = changeSets;
        this.approveChangeSet = approveChangeSet;
    }

    @POST
    @Consumes({Format.JSON_TYPE, Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE})
    @Operation(operationId = "createChangeSet", summary = "Begin a draft of many changes; nothing is written yet")
    public Response create(InputStream body) {
        query.takes();
        exchange.takesNoEmergency();
        exchange.takesNo(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH);
        byte[] bytes = exchange.read(body);
        List<Intent> intents = intents(bytes);
        return once.answer(bytes, () -> {
            ChangeSet begun = changeSets.create(exchange.caller(), exchange.message(), intents);
            return answer(Response.created(URI.create("/api/v1/change-sets/" + begun.id())), begun);
        });
    }

    @GET
    @Operation(operationId = "listChangeSets", summary = "List change sets, the last touched first")
    public ObjectNode list(@QueryParam("limit") @Nullable String limit) {
        query.takes(Query.LIMIT);
        ObjectNode result = Tree.object();
        result.set(
                "items",
                Tree.array(changeSets.list(exchange.caller(), Parameters.limit(limit)).stream()
                        .map(ChangeSetJson::summary)
                        .toList()));
        return result;
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getChangeSet", summary = "Read a change set, without the data of credentials")
    public Response get(@PathParam("id") String id) {
        query.takes();
        return answer(Response.ok(), changeSets.get(exchange.caller(), known(id)));
    }

    @PUT
    @Path("{id}")
    @Consumes({Format.JSON_TYPE, Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE})
    @Operation(operationId = "editChangeSet", summary = "Put other changes in place of a draft's")
    public Response edit(@PathParam("id") String id, InputStream body) {
        query.takes();
        exchange.takesNoEmergency();
        exchange.takesNo(HttpHeaders.IF_NONE_MATCH);
        byte[] bytes = exchange.read(body);
        List<Intent> intents = intents(bytes);
        return once.answer(
                bytes,
                () -> answer(
                        Response.ok(),
                        changeSets.edit(
                                exchange.caller(),
                                known(id),
                                exchange.expectedVersion(),
                                exchange.message(),
                                intents)));
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "discardChangeSet", summary = "Discard a draft")
    public Response discard(@PathParam("id") String id) {
        query.takes();
        takesNoWords();
        exchange.takesNo(HttpHeaders.IF_NONE_MATCH);
        return once.answer(NO_BODY, () -> {
            ChangeSet ignored = changeSets.discard(exchange.caller(), known(id), exchange.expectedVersion());
            return Response.noContent().build();
        });
    }

    @POST
    @Path("{id}/validate")
    @Operation(operationId = "validateChangeSet", summary = "Tell what stands against publishing a draft now")
    public ObjectNode validate(@PathParam("id") String id) {
        query.takes();
        takesNothingOfWrites();
        return ChangeSetJson.validation(changeSets.validate(exchange.caller(), known(id)));
    }

    @POST
    @Path("{id}/preview")
    @Operation(operationId = "previewChangeSet", summary = "Tell what publishing a draft now would do")
    public ObjectNode preview(@PathParam("id") String id) {
        query.takes(Query.FORMAT, Query.TEXT);
        takesNothingOfWrites();
        return PreviewJson.writeAsApplied(changeSets.preview(exchange.caller(), known(id), exchange.previewWish()));
    }

    @POST
    @Path("{id}/rebase")
    @Operation(operationId = "rebaseChangeSet", summary = "Join a draft with what was written since it was begun")
    public Response rebase(@PathParam("id") String id, @QueryParam("prefer") @Nullable String prefer) {
        query.takes("prefer");
        takesNoWords();
        exchange.takesNo(HttpHeaders.IF_NONE_MATCH);
        boolean prefersMine = switch (prefer == null ? "" : prefer) {
            case "" -> false;
            case "mine" -> true;
            default -> throw Exchange.malformed("prefer is mine, or is left out.");
        };
        return once.answer(
                NO_BODY,
                () -> answer(
                        Response.ok(),
                        changeSets.rebase(exchange.caller(), known(id), exchange.expectedVersion(), prefersMine)));
    }

    @POST
    @Path("{id}/publish")
    @Operation(operationId = "publishChangeSet", summary = "Make a draft one revision")
    public Response publish(@PathParam("id") String id) {
        query.takesOfWrite();
        exchange.takesNo(HttpHeaders.IF_NONE_MATCH);
        return exchange.isDryRun() ? Response.ok(tried(id)).build() : once.answer(NO_BODY, () -> published(id));
    }

    private ObjectNode tried(String id) {
        return PreviewJson.writeAsApplied(changeSets.tried(
                exchange.caller(), known(id), exchange.expectedVersion(), exchange.terms(), exchange.previewWish()));
    }

    private Response published(String id) {
        ChangeSets.Published published = changeSets.publish(
                exchange.caller(), known(id), exchange.expectedVersion(), exchange.message(), exchange.terms());
        return Response.ok(HistoryJson.write(published.written()))
                .header(ResourceExchange.REVISION, published.written().revision())
                .header(
                        ResourceExchange.CONFIRM_BY,
                        ResourceExchange.confirmBy(published.written().confirmBy()))
                .build();
    }

    @GET
    @Path("{id}/approvals")
    @Operation(
            operationId = "listChangeSetApprovals",
            summary = "List whose approval a draft needs, and what was said of it")
    public ObjectNode approvals(@PathParam("id") String id) {
        query.takes();
        return ApprovalJson.write(approveChangeSet.get(exchange.caller(), known(id)));
    }

    @POST
    @Path("{id}/approvals")
    @Operation(operationId = "approveChangeSet", summary = "Approve a draft, or reject it")
    public Response approve(@PathParam("id") String id, @QueryParam("verdict") @Nullable String verdict) {
        query.takes("verdict");
        exchange.takesNoEmergency();
        exchange.takesNo(HttpHeaders.IF_NONE_MATCH);
        Approval.Verdict said = switch (verdict == null ? "" : verdict) {
            case "", "Approved" -> Approval.Verdict.APPROVED;
            case "Rejected" -> Approval.Verdict.REJECTED;
            default -> throw Exchange.malformed("verdict is Approved or Rejected.");
        };
        return once.answer(
                NO_BODY,
                () -> Response.ok(ApprovalJson.write(approveChangeSet.say(
                                exchange.caller(), known(id), exchange.expectedVersion(), said, exchange.message())))
                        .build());
    }

    @DELETE
    @Path("{id}/approvals")
    @Operation(operationId = "withdrawChangeSetApproval", summary = "Take back what you said of a draft")
    public Response withdraw(@PathParam("id") String id) {
        query.takes();
        takesNoWords();
        exchange.takesNo(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH);
        return once.answer(NO_BODY, () -> {
            approveChangeSet.withdraw(exchange.caller(), known(id));
            return Response.noContent().build();
        });
    }

    // Nothing is written, so there is nothing that could be taken for granted or be told of it.
    private void takesNothingOfWrites() {
        exchange.takesNo(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH);
        takesNoWords();
    }

    private void takesNoWords() {
        exchange.takesNoMessage();
        exchange.takesNoEmergency();
    }

    private List<Intent> intents(byte[] body) {
        return Batch.read(Documents.many(body, exchange.format()));
    }

    private static UUID known(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw new FailureException(new Failure.NotFound("There is no such change set; its id is a UUID."));
        }
    }

    private static Response answer(Response.ResponseBuilder response, ChangeSet changeSet) {
        return response.header(HttpHeaders.ETAG, "\"" + changeSet.version() + "\"")
                .entity(ChangeSetJson.write(changeSet))
                .build();
    }
}
