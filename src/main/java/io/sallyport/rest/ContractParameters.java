package io.sallyport.rest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;

/** Which query parameters an operation takes, and of every parameter of a path or query what it means. */
final class ContractParameters {
    private static final List<String> OF_LISTS =
            List.of("limit", "continue", "labelSelector", "fieldSelector", "fields", "revision");
    private static final List<String> OF_PREVIEWS = List.of("format", "text");
    private static final List<String> OF_WRITES = Query.OF_WRITES;
    private static final Map<String, List<String>> OF_OPERATIONS = Map.ofEntries(
            Map.entry("listAgents", List.of()),
            Map.entry("listDenials", List.of("limit")),
            Map.entry(
                    "listAuditEvents",
                    List.of("limit", "continue", "actor", "namespace", "kind", "name", "outcome", "since", "until")),
            Map.entry("verifyAudit", List.of("sequence", "hash")),
            Map.entry(
                    "listRevisions",
                    List.of("limit", "before", "author", "since", "until", "kind", "namespace", "name")),
            Map.entry("getSnapshot", List.of("format", "revision")),
            Map.entry("getState", List.of("limit", "continue", "kind", "namespace", "fields")),
            Map.entry("diffRevisions", List.of("against", "format")),
            Map.entry("explain", List.of("revision")),
            Map.entry("watch", List.of("from", "kinds", "namespaces", "labelSelector")),
            Map.entry("restoreRevision", OF_WRITES),
            Map.entry("listChangeSets", List.of("limit")),
            Map.entry("previewChangeSet", OF_PREVIEWS),
            Map.entry("publishChangeSet", OF_WRITES),
            Map.entry("promoteRollout", List.of("all")),
            Map.entry("listChangeSetApprovals", List.of()),
            Map.entry("apply", OF_WRITES));

    private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry(
                    "prune",
                    "Labels that must all be there, app=shop,managed-by=ci: what carries them in the namespaces concerned"
                            + " and is not sent is deleted. Namespaces and role bindings never are."),
            Map.entry("namespace", "The namespace, a DNS label."),
            Map.entry("name", "The name within the namespace, a DNS label."),
            Map.entry("limit", "How many items at most, 1 to %d.".formatted(Parameters.MOST_ITEMS)),
            Map.entry(
                    "continue",
                    "What the page before gave as continue; the first page where absent. It names the revision, so that"
                            + " all pages are of one state, and never expires."),
            Map.entry("before", "Revisions before this one; the newest where absent."),
            Map.entry(
                    "revision",
                    "As everything was at this revision; as it is now where absent. 404 names the newest where there is"
                            + " no such revision."),
            Map.entry(
                    "labelSelector",
                    "As in Kubernetes: requirements with commas between them, all of which must hold. key, !key,"
                            + " key=value, key!=value, key in (a,b), key notin (a,b). At most 32: team=pay,stage in (test,live)."),
            Map.entry(
                    "fieldSelector",
                    "field=value or field!=value, with commas between them. Of all kinds: metadata.name,"
                            + " metadata.namespace, metadata.createdBy, metadata.updatedBy. Of some besides:"
                            + " spec.defaultAction (EgressGateway), spec.resolution, spec.hosts (Destination: one of"
                            + " them), spec.action, spec.tier, spec.enforcement, spec.gatewayRef.name (EgressRule),"
                            + " spec.type (Credential), spec.role (RoleBinding), spec.severity (Guardrail). Another field is refused."),
            Map.entry(
                    "fields",
                    "Only these fields: paths with dots, with commas between them. A path goes through lists: metadata.name,spec.ports.number."),
            Map.entry("author", "Revisions of this author, by the name that history shows."),
            Map.entry(
                    "from",
                    "What you have already: a revision, of a list for example, or the id of an event. What comes after"
                            + " it is told. Absent: what comes from now on."),
            Map.entry("kinds", "Of these kinds, with commas between them; all where absent."),
            Map.entry(
                    "namespaces", "Of these namespaces, with commas between them; all that you may read where absent."),
            Map.entry("since", "At this time or after it (RFC 3339)."),
            Map.entry("until", "Before this time (RFC 3339)."),
            Map.entry("kind", "Of this kind, EgressRule for example."),
            Map.entry("actor", "Who did it: a name, or an id as GET /api/v1/me has it."),
            Map.entry("outcome", "Both where absent."),
            Map.entry(
                    "sequence",
                    "From which event on: the last that an earlier answer found verified. All of the trail where absent."),
            Map.entry("hash", "The hash of that event in the earlier answer."),
            Map.entry("against", "The revision to compare with, earlier or later; the one before where absent."),
            Map.entry("wait", "How far agents are to come. effective: requests are decided by it, and that is known."),
            Map.entry(
                    "quorum",
                    "How many agents of each gateway are enough: a part (95%, written 95%25 in a URL) or a number."),
            Map.entry("timeout", "When to answer at the latest: 0s, which is at once, to 5m."),
            Map.entry(
                    "gateway",
                    "namespace/name of a gateway to look at, several times for several; all that you may read where"
                            + " absent."),
            Map.entry("dryRun", "true: tell what the write would do, and do nothing."),
            Map.entry("text", "true: with a dry run, show the parts that change line by line."),
            Map.entry(
                    "confirmWithin",
                    "What is written is taken back by itself after this time, 5s to 168h (10m, say), unless somebody confirms the"
                            + " revision (POST /api/v1/revisions/{n}/confirm). Taking back never allows what is refused"
                            + " by then. For good where absent."),
            Map.entry("all", "true: all agents get it now, whatever the gates say; else the next step begins."),
            Map.entry(
                    "emergency",
                    "Write it without the approvals that it needs, for so long (5s to 168h) as the approval policies let you;"
                            + " then it is taken back by itself, unless it is approved by then (POST"
                            + " /api/v1/revisions/{n}/confirm). Needs Sallyport-Emergency-Reason. Guardrails and rights"
                            + " hold all the same."),
            Map.entry("verdict", "What you say of it."),
            Map.entry("id", "The id of the change set, a UUID."),
            Map.entry(
                    "prefer", "mine: where the draft and somebody else changed one field, the draft's side is taken."));

    // Without examples: Swagger UI would fill them in, and a write that is tried would be taken back, or prune.
    private ContractParameters() {}

    /** Whether an operation takes a parameter in its query. */
    static boolean takes(String operation, String name) {
        return wanted(operation).anyMatch(name::equals);
    }

    static void describe(Operation operation) {
        List<Parameter> there = operation.getParameters() == null ? List.of() : operation.getParameters();
        there.forEach(parameter -> describe(operation, parameter));
        inOrderOfThePath(operation, there);
        // A parameter of the query whose name is one of the path's is of another place, and both are there.
        wanted(String.valueOf(operation.getOperationId()))
                .filter(name -> there.stream()
                        .noneMatch(
                                one -> one.getIn() == In.QUERY && one.getName().equals(name)))
                .forEach(name -> {
                    Parameter parameter =
                            OASFactory.createParameter().name(name).in(In.QUERY);
                    operation.addParameter(parameter);
                    describe(operation, parameter);
                });
    }

    // As one reads it: the namespace, then the name. Generated clients take arguments in this order.
    private static void inOrderOfThePath(Operation operation, List<Parameter> parameters) {
        operation.setParameters(parameters.stream()
                .sorted(Comparator.comparingInt(parameter -> parameter.getIn() == In.PATH
                        ? (String.valueOf(parameter.getName()).equals("namespace") ? 0 : 1)
                        : 2))
                .toList());
    }

    private static Stream<String> wanted(String operation) {
        return Optional.ofNullable(OF_OPERATIONS.get(operation))
                .or(() -> Stream.of("put", "patch", "delete").anyMatch(operation::startsWith)
                        ? Optional.of(OF_WRITES)
                        : Optional.empty())
                .or(() -> operation.endsWith("Uses")
                        ? Optional.of(List.of("limit", "continue", "revision"))
                        : Optional.empty())
                .or(() -> operation.startsWith("list") ? Optional.of(OF_LISTS) : Optional.empty())
                .or(() -> Contract.kindRead(operation).map(kind -> List.of("revision", "fields")))
                .orElse(List.of())
                .stream();
    }

    private static void describe(Operation operation, Parameter parameter) {
        String name = String.valueOf(parameter.getName());
        boolean isPath = parameter.getIn() == In.PATH;
        if (name.equals("format")) {
            parameter.setDescription(formatDescription(operation));
        } else if (name.equals("namespace") && "apply".equals(operation.getOperationId())) {
            parameter.setDescription("With prune, the namespaces to prune in; those of the documents where absent.");
        } else if (isPath && name.equals("revision")) {
            parameter.setDescription("The number of the revision, from 0, which is nothing at all.");
        } else if (DESCRIPTIONS.containsKey(name)) {
            parameter.setDescription(DESCRIPTIONS.get(name));
        }
        parameter.setSchema(schema(operation, name));
    }

    private static String formatDescription(Operation operation) {
        String id = String.valueOf(operation.getOperationId());
        if (!id.startsWith("get") && !id.startsWith("diff")) {
            return "Of a dry run, how the parts of what gateways run are told: neutral, in Sallyport's own words; envoy, as Envoy gets them.";
        }
        return "diffRevisions".equals(operation.getOperationId())
                ? "resources: fields of resources. neutral, envoy: the parts of what gateways run, in our own words or in Envoy's."
                : "neutral: in Sallyport's own words. envoy: one complete Envoy configuration.";
    }

    private static Schema schema(Operation operation, String name) {
        return switch (name) {
            case "namespace", "name" ->
                name.equals("namespace") && "apply".equals(operation.getOperationId())
                        ? OASFactory.createSchema()
                                .addType(SchemaType.ARRAY)
                                .items(OASFactory.createSchema().ref("Name"))
                        : OASFactory.createSchema().ref("Name");
            case "limit" ->
                OASFactory.createSchema().addType(SchemaType.INTEGER).defaultValue(Parameters.USUAL_ITEMS);
            case "before", "revision", "against", "sequence" ->
                OASFactory.createSchema().addType(SchemaType.INTEGER).format("int64");
            case "since", "until" ->
                OASFactory.createSchema().addType(SchemaType.STRING).format("date-time");
            case "outcome" -> choice(List.of("Done", "Refused", "Emergency"));
            case "verdict" -> choice(List.of("Approved", "Rejected")).defaultValue("Approved");
            case "kind" -> choice(Contract.KINDS);
            case "prefer" -> choice(List.of("mine"));
            case "dryRun", "text" ->
                OASFactory.createSchema().addType(SchemaType.BOOLEAN).defaultValue(false);
            case "wait" ->
                OASFactory.createSchema()
                        .addType(SchemaType.STRING)
                        .enumeration(List.of("sent", "acknowledged", "effective"))
                        .defaultValue("effective");
            case "quorum" ->
                OASFactory.createSchema().addType(SchemaType.STRING).defaultValue("100%");
            case "timeout" ->
                OASFactory.createSchema().addType(SchemaType.STRING).defaultValue("0s");
            case "gateway" ->
                OASFactory.createSchema()
                        .addType(SchemaType.ARRAY)
                        .items(OASFactory.createSchema()
                                .addType(SchemaType.STRING)
                                .addExample("edge/internet"));
            case "format" ->
                "diffRevisions".equals(operation.getOperationId())
                        ? choice(List.of("resources", "neutral", "envoy")).defaultValue("resources")
                        : choice(List.of("neutral", "envoy")).defaultValue("neutral");
            default -> OASFactory.createSchema().addType(SchemaType.STRING);
        };
    }

    private static Schema choice(List<String> words) {
        return OASFactory.createSchema().addType(SchemaType.STRING).enumeration(new ArrayList<>(words));
    }
}
