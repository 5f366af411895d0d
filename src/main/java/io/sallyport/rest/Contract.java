package io.sallyport.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.problem.ProblemType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Adds to the published contract what every operation of a kind has alike: bodies, headers and problems. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class Contract implements OASFilter {
    static final List<String> KINDS = List.of(
            "Namespace",
            "EgressGateway",
            "Destination",
            "Workload",
            "EgressRule",
            "TrafficRoute",
            "SecurityPolicy",
            "Credential",
            "RoleBinding",
            "Guardrail",
            "ApprovalPolicy");
    private static final List<String> OF_DRAFTS =
            List.of("createChangeSet", "editChangeSet", "rebaseChangeSet", "discardChangeSet");
    private static final List<String> OF_MANY = List.of("apply", "restoreRevision", "publishChangeSet");
    private static final List<String> OF_WORDS = List.of("approveChangeSet", "withdrawChangeSetApproval");
    private static final List<ProblemType> OF_READS = List.of(
            ProblemType.MALFORMED_REQUEST,
            ProblemType.UNAUTHENTICATED,
            ProblemType.FORBIDDEN,
            ProblemType.NOT_FOUND,
            ProblemType.NOT_ACCEPTABLE,
            ProblemType.TOO_MANY_REQUESTS,
            ProblemType.UNAVAILABLE);
    private static final List<ProblemType> OF_INQUIRIES = List.of(
            ProblemType.MALFORMED_REQUEST,
            ProblemType.TOO_LARGE,
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            ProblemType.INVALID,
            ProblemType.TOO_MANY_REQUESTS,
            ProblemType.UNAVAILABLE);
    private static final List<ProblemType> OF_WRITES = List.of(
            ProblemType.MALFORMED_REQUEST,
            ProblemType.UNAUTHENTICATED,
            ProblemType.FORBIDDEN,
            ProblemType.NOT_FOUND,
            ProblemType.CONFLICT,
            ProblemType.STALE,
            ProblemType.TOO_LARGE,
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            ProblemType.INVALID,
            ProblemType.TOO_MANY_REQUESTS,
            ProblemType.UNAVAILABLE);

    @Override
    public void filterOpenAPI(OpenAPI contract) {
        KINDS.forEach(kind -> contract.getComponents().addSchema(kind + "List", ContractTypes.list(kind)));
        contract.getPaths()
                .getPathItems()
                .values()
                .forEach(path -> path.getOperations().values().forEach(Contract::complete));
        for (ProblemType type : ProblemType.values()) {
            contract.getComponents().addResponse("Problem" + type.status(), problems(type.status()));
        }
        ContractTypes.name(contract);
    }

    // All that one status can mean is one response of the contract.
    private static APIResponse problems(int status) {
        APIResponse response = OASFactory.createAPIResponse()
                .description(Arrays.stream(ProblemType.values())
                        .filter(type -> type.status() == status)
                        .map(type -> "%s (%s).".formatted(type.title(), type.uri()))
                        .collect(Collectors.joining(" ")))
                .addHeader("X-Request-Id", described("Of this request; also in the document and in the audit trail."))
                .addHeader("Sallyport-Revision", described("The newest revision that the replica knew."))
                .addHeader(RequestIds.STALE, described(RequestIds.STALE_MEANS))
                .content(OASFactory.createContent()
                        .addMediaType(
                                ProblemType.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(reference("Problem"))
                                        .example(example(status))));
        return status == ProblemType.TOO_MANY_REQUESTS.status() || status == ProblemType.UNAVAILABLE.status()
                ? response.addHeader("Retry-After", described("In how many seconds to ask again."))
                : response;
    }

    // The one of 422 that lists violations is the schema's own.
    private static @Nullable Map<String, Object> example(int status) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status && type != ProblemType.INVALID)
                .findFirst()
                .filter(type -> status != ProblemType.INVALID.status())
                .<Map<String, Object>>map(type -> {
                    Map<String, Object> problem = new LinkedHashMap<>();
                    problem.put("type", type.uri().toString());
                    problem.put("title", type.title());
                    problem.put("status", status);
                    problem.put("detail", "What was wrong with this request, and what to do about it.");
                    problem.put("requestId", "6f1c2b7e-5a0c-4c7e-9d55-0c1f6a6f3a11");
                    return problem;
                })
                .orElse(null);
    }

    private static Header described(String description) {
        return OASFactory.createHeader().description(description).schema(text());
    }

    private static void complete(Operation operation) {
        String id = String.valueOf(operation.getOperationId());
        ContractParameters.describe(operation);
        ContractAnswers.describe(operation);
        OperationRights.of(id).ifPresent(needed -> describe(operation, needed));
        if (id.equals("apply") || id.equals("createChangeSet") || id.equals("editChangeSet")) {
            operation.setRequestBody(OASFactory.createRequestBody().ref("Apply"));
        } else if (id.equals("explain")) {
            operation.setRequestBody(OASFactory.createRequestBody().ref("Explain"));
            OF_INQUIRIES.forEach(type -> problem(operation, type));
        } else if (id.startsWith("put")) {
            bodyAndAnswer(operation, id.substring("put".length()));
        } else if (id.startsWith("patch")) {
            patched(operation, id.substring("patch".length()));
        } else if (id.startsWith("get")) {
            kindRead(id).ifPresent(kind -> read(operation, kind));
        }
        operation
                .getResponses()
                .addAPIResponse(
                        "414",
                        OASFactory.createAPIResponse()
                                .description("The path and query are too long for a request line. Without a body."));
        boolean writes = isWrite(id);
        if (writes) {
            headers(operation, id);
        }
        if (id.equals("getRollout")) {
            header(
                    operation,
                    "Last-Event-ID",
                    "Of server-sent events, the id of the last that you read, to go on after it.");
        }
        if (id.equals("watch")) {
            header(operation, "Last-Event-ID", "The id of the last event that you read, to go on after it.");
        }
        (writes || id.equals("validateChangeSet") || id.equals("previewChangeSet") ? OF_WRITES : OF_READS)
                .forEach(type -> problem(operation, type));
    }

    private static boolean isOfOneResource(String operation) {
        return Stream.of("put", "patch", "delete").anyMatch(operation::startsWith);
    }

    private static boolean makesRevision(String operation) {
        return isOfOneResource(operation) || OF_MANY.contains(operation);
    }

    private static boolean takesWords(String operation) {
        return makesRevision(operation)
                || isOfRollout(operation)
                || List.of("createChangeSet", "editChangeSet", "approveChangeSet")
                        .contains(operation);
    }

    // What it writes to has an ETag, of the resource, the rollout or the draft.
    private static boolean takesTag(String operation) {
        return isOfOneResource(operation)
                || isOfRollout(operation)
                || (operation.endsWith("ChangeSet") && !operation.equals("createChangeSet"));
    }

    private static boolean isOfRollout(String operation) {
        return operation.endsWith("Rollout") && !operation.startsWith("get");
    }

    private static boolean isWrite(String operation) {
        return makesRevision(operation)
                || OF_DRAFTS.contains(operation)
                || OF_WORDS.contains(operation)
                || operation.equals("confirmRevision")
                || isOfRollout(operation);
    }

    private static void patched(Operation operation, String kind) {
        operation.setRequestBody(OASFactory.createRequestBody().ref("Patch"));
        answer(operation, "200", "As it is now.", kind);
    }

    /** Of an operation that reads one resource. */
    static Optional<String> kindRead(String operation) {
        return KINDS.stream().filter(kind -> operation.equals("get" + kind)).findFirst();
    }

    /** Of an operation that lists resources, of one namespace or of all. */
    static Optional<String> kindListed(String operation) {
        return KINDS.stream()
                .filter(kind -> {
                    String plural = kind.endsWith("Policy") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
                    return operation.equals("list" + plural) || operation.equals("listAll" + plural);
                })
                .findFirst();
    }

    private static void read(Operation operation, String kind) {
        answer(operation, "200", "The resource; with fields, a part of it.", kind);
        ContractAnswers.partToo(operation, "ResourcePart");
        header(operation, "If-None-Match", "The ETag that you have; 304 where it is still the current one.");
        operation
                .getResponses()
                .addAPIResponse("304", OASFactory.createAPIResponse().description("You have it already."));
    }

    private static void describe(Operation operation, OperationRights.Needed needed) {
        String said = operation.getDescription() == null ? "" : operation.getDescription() + "\n\n";
        operation.setDescription(said + "Needs " + needed.words() + ".");
    }

    private static void bodyAndAnswer(Operation operation, String kind) {
        operation.setRequestBody(OASFactory.createRequestBody().required(true).content(content(kind)));
        operation.getResponses().removeAPIResponse("200");
        answer(operation, "200", "Replaced, or so already.", kind);
        answer(operation, "201", "Created.", kind);
    }

    private static void answer(Operation operation, String status, String description, String kind) {
        operation
                .getResponses()
                .addAPIResponse(
                        status,
                        OASFactory.createAPIResponse()
                                .description(description)
                                .headers(Map.of(
                                        "ETag",
                                        OASFactory.createHeader()
                                                .description("The revision of the last change, in quotes.")
                                                .schema(text())))
                                .content(content(kind)));
    }

    private static void headers(Operation operation, String id) {
        if (ContractParameters.takes(id, "emergency")) {
            header(
                    operation,
                    "Sallyport-Emergency-Reason",
                    "With emergency, why it cannot wait for approval; at most 512 characters.");
        }
        if (takesWords(id)) {
            header(operation, "Sallyport-Message", "Your words for the history, at most 1024 characters.");
        }
        header(
                operation,
                "Idempotency-Key",
                "1 to 255 characters of your choice, new for each write: repeated within a day with the same request, the"
                        + " first answer comes again and nothing is done. 422 with another request.");
        if (takesTag(id)) {
            header(operation, "If-Match", "The ETag that you last read; 412 where it is no longer the current one.");
        }
        if (id.startsWith("put")) {
            header(operation, "If-None-Match", "The text `*`, to create only; 412 where it exists.");
        }
        operation.getResponses().getAPIResponses().forEach((status, answer) -> {
            if (status.startsWith("2")) {
                answer.addHeader(Once.REPLAYED, described("true: the first answer to this Idempotency-Key again."));
                if (id.equals("confirmRevision")) {
                    return;
                }
                answer.addHeader(ResourceExchange.REVISION, described("The revision that was made, or the newest."));
                if (makesRevision(id)) {
                    answer.addHeader(
                            ResourceExchange.CONFIRM_BY,
                            described("With confirmWithin or emergency: until when it is to be confirmed (RFC 3339)."));
                }
            }
        });
    }

    private static void header(Operation operation, String name, String description) {
        operation.addParameter(OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .schema(text()));
    }

    private static void problem(Operation operation, ProblemType type) {
        String status = Integer.toString(type.status());
        operation
                .getResponses()
                .addAPIResponse(status, OASFactory.createAPIResponse().ref("Problem" + status));
    }

    private static Content content(String schema) {
        return OASFactory.createContent()
                .addMediaType(Format.JSON_TYPE, OASFactory.createMediaType().schema(reference(schema)))
                .addMediaType(Format.YAML_TYPE, OASFactory.createMediaType().schema(reference(schema)));
    }

    private static Schema reference(String name) {
        return OASFactory.createSchema().ref(name);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
