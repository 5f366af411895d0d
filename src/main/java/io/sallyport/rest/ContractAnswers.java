package io.sallyport.rest;

import io.sallyport.rest.json.Format;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** What operations answer where all is well, by the name of its schema in META-INF/openapi.yaml. */
final class ContractAnswers {
    private static final Map<String, String> OF_OPERATIONS = Map.ofEntries(
            Map.entry("whoAmI", "Me"),
            Map.entry("listAuditEvents", "AuditEvents"),
            Map.entry("verifyAudit", "AuditVerdict"),
            Map.entry("listAgents", "Agents"),
            Map.entry("getConvergence", "Convergence"),
            Map.entry("listDenials", "Denials"),
            Map.entry("listRevisions", "RevisionList"),
            Map.entry("getRevision", "Revision"),
            Map.entry("getSnapshot", "Snapshot"),
            Map.entry("getState", "ResourceList"),
            Map.entry("diffRevisions", "RevisionDiff"),
            Map.entry("restoreRevision", "Restored"),
            Map.entry("apply", "Applied"),
            Map.entry("getConfirmation", "Confirmation"),
            Map.entry("confirmRevision", "Confirmation"),
            Map.entry("getRollout", "Rollout"),
            Map.entry("pauseRollout", "Rollout"),
            Map.entry("resumeRollout", "Rollout"),
            Map.entry("promoteRollout", "Rollout"),
            Map.entry("abortRollout", "Rollout"),
            Map.entry("listChangeSets", "ChangeSetList"),
            Map.entry("createChangeSet", "ChangeSet"),
            Map.entry("getChangeSet", "ChangeSet"),
            Map.entry("editChangeSet", "ChangeSet"),
            Map.entry("rebaseChangeSet", "ChangeSet"),
            Map.entry("validateChangeSet", "Validation"),
            Map.entry("previewChangeSet", "Applied"),
            Map.entry("publishChangeSet", "Applied"),
            Map.entry("listChangeSetApprovals", "ChangeSetApprovals"),
            Map.entry("approveChangeSet", "ChangeSetApprovals"),
            Map.entry("explain", "Explanation"));

    private ContractAnswers() {}

    static void describe(Operation operation) {
        String id = String.valueOf(operation.getOperationId());
        Optional.ofNullable(OF_OPERATIONS.get(id)).ifPresent(schema -> answer(operation, reference(schema)));
        if (id.equals("createChangeSet")) {
            APIResponse begun = operation.getResponses().getAPIResponse("200").description("The draft.");
            operation.getResponses().removeAPIResponse("200");
            operation.getResponses().addAPIResponse("201", begun);
        }
        if (id.startsWith("withdraw") || id.equals("discardChangeSet")) {
            String done = id.startsWith("withdraw") ? "Taken back." : "Discarded.";
            operation.getResponses().removeAPIResponse("200");
            operation
                    .getResponses()
                    .addAPIResponse("204", OASFactory.createAPIResponse().description(done));
        }
        if (id.startsWith("delete")) {
            answer(operation, reference("Applied"));
            operation.getResponses().getAPIResponse("200").setDescription("What a dry run found.");
            operation
                    .getResponses()
                    .addAPIResponse("204", OASFactory.createAPIResponse().description("Deleted."));
        }
        if (id.equals("getConvergence")) {
            eventsToo(
                    operation,
                    "How far agents have come, once it is enough or the time is over. As server-sent events:"
                            + " progress at each change, then reached or timeout; the data of each is the same document.");
        }
        if (id.equals("getRollout")) {
            eventsToo(
                    operation,
                    "Where it is. As server-sent events, for as long as the token holds and the gateway is there: start"
                            + " with this document, then each event of the rollout, named by its type and with its"
                            + " sequence as id. Last-Event-ID goes on after an event, without a gap. Each is in the audit"
                            + " trail too. While the database is away a new stream is refused with 503, and an open one"
                            + " tells nothing until it is back.");
        }
        if (id.endsWith("Rollout")) {
            operation
                    .getResponses()
                    .getAPIResponse("200")
                    .addHeader(
                            "ETag",
                            OASFactory.createHeader()
                                    .description("Where it is: what is on its way, the step and the phase, in quotes.")
                                    .schema(OASFactory.createSchema().addType(SchemaType.STRING)));
        }
        if (id.endsWith("Uses")) {
            answer(operation, reference("UseList"));
        }
        if (id.equals("watch")) {
            events(operation);
        }
        Contract.kindListed(id).ifPresent(kind -> {
            answer(operation, reference(kind + "List"));
            partToo(operation, "ResourcePartList");
        });
        if (id.equals("getState")) {
            partToo(operation, "ResourcePartList");
        }
    }

    private static void answer(Operation operation, Schema schema) {
        operation
                .getResponses()
                .addAPIResponse(
                        "200",
                        OASFactory.createAPIResponse().description("As asked.").content(content(schema)));
    }

    /** Of what takes {@code fields}: what it answers then is of a media type of its own, in which nothing is required. */
    static void partToo(Operation operation, String schema) {
        operation
                .getResponses()
                .getAPIResponse("200")
                .getContent()
                .addMediaType(
                        Format.PART_JSON_TYPE, OASFactory.createMediaType().schema(reference(schema)))
                .addMediaType(
                        Format.PART_YAML_TYPE, OASFactory.createMediaType().schema(reference(schema)));
    }

    private static void events(Operation operation) {
        operation
                .getResponses()
                .addAPIResponse(
                        "200",
                        OASFactory.createAPIResponse()
                                .description("Events, for as long as the token holds.")
                                .content(OASFactory.createContent()
                                        .addMediaType(
                                                WatchResource.EVENTS_TYPE,
                                                OASFactory.createMediaType().schema(reference("Events")))));
    }

    private static void eventsToo(Operation operation, String description) {
        var answer = operation.getResponses().getAPIResponse("200");
        answer.setDescription(description);
        answer.getContent()
                .addMediaType(
                        MediaType.SERVER_SENT_EVENTS,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().addType(SchemaType.STRING)));
    }

    private static Content content(Schema schema) {
        return OASFactory.createContent()
                .addMediaType(Format.JSON_TYPE, OASFactory.createMediaType().schema(schema))
                .addMediaType(Format.YAML_TYPE, OASFactory.createMediaType().schema(schema));
    }

    private static Schema reference(String name) {
        return OASFactory.createSchema().ref(name);
    }
}
