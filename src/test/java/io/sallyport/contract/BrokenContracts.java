package io.sallyport.contract;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Changes that break somebody, one of each sort, and how each is told. */
final class BrokenContracts {
    private static final String ME = "/paths/~1api~1v1~1me/get";
    private static final String APPLY = "/paths/~1api~1v1~1apply/post";
    private static final String NAMESPACE = "/paths/~1api~1v1~1namespaces~1{namespace}/put";

    private BrokenContracts() {}

    static Stream<Arguments> all() {
        return Stream.of(operations(), parameters(), sent(), answered()).flatMap(changes -> changes);
    }

    private static Stream<Arguments> operations() {
        return Stream.of(
                arguments(
                        Change.in("a path is gone", "/paths", paths -> paths.remove("/api/v1/me")),
                        "GET /api/v1/me: is gone"),
                arguments(
                        Change.in(
                                "an operation is gone",
                                "/paths/~1api~1v1~1namespaces~1{namespace}",
                                path -> path.remove("patch")),
                        "PATCH /api/v1/namespaces/{namespace}: is gone"),
                arguments(
                        Change.in("a method has another name", ME, operation -> operation.put("operationId", "who")),
                        "GET /api/v1/me: operationId \"whoAmI\" is now \"who\""),
                arguments(
                        Change.in("a status is gone", NAMESPACE + "/responses", answers -> answers.remove("201")),
                        "PUT /api/v1/namespaces/{namespace} 201: is gone"),
                arguments(
                        Change.in("a status is new", ME + "/responses", answers -> answers.withObject("/202")),
                        "GET /api/v1/me 202: is new"),
                arguments(
                        Change.in(
                                "a header is gone",
                                NAMESPACE + "/responses/201/headers",
                                headers -> headers.remove("ETag")),
                        "PUT /api/v1/namespaces/{namespace} 201 ETag: is gone"),
                arguments(
                        Change.in(
                                "a form of answers is gone",
                                ME + "/responses/200/content",
                                content -> content.remove("application/yaml")),
                        "GET /api/v1/me 200 application/yaml: is gone"),
                arguments(
                        Change.in(
                                "a form of bodies is gone",
                                NAMESPACE + "/requestBody/content",
                                content -> content.remove("application/yaml")),
                        "PUT /api/v1/namespaces/{namespace} application/yaml: is gone"));
    }

    private static Stream<Arguments> parameters() {
        return Stream.of(
                arguments(
                        Change.inList(
                                "a parameter is gone",
                                APPLY + "/parameters",
                                parameters -> remove(parameters, "dryRun")),
                        "POST /api/v1/apply query dryRun: is gone"),
                arguments(
                        Change.inList(
                                "a parameter is needed",
                                APPLY + "/parameters",
                                parameters -> parameters
                                        .addObject()
                                        .put("name", "more")
                                        .put("in", "query")
                                        .put("required", true)),
                        "POST /api/v1/apply query more: is now required"),
                arguments(
                        Change.inList(
                                "a parameter has another type",
                                APPLY + "/parameters",
                                parameters -> parameters.forEach(
                                        one -> ((ObjectNode) one.path("schema")).put("type", "integer"))),
                        "POST /api/v1/apply query confirmWithin, sent: type [string] is now [integer]"));
    }

    private static Stream<Arguments> sent() {
        String jwks = "/components/schemas/SecurityPolicyAuthenticationJwtJwks/properties/keys";
        return Stream.of(
                arguments(
                        Change.inType(
                                "a field is needed",
                                "WorkloadSpec",
                                type -> type.putArray("required").add("labels")),
                        "WorkloadSpec.labels, sent: is now required"),
                arguments(
                        Change.in(
                                "a field is no longer taken",
                                "/components/schemas/WorkloadSpec/properties",
                                fields -> fields.remove("labels")),
                        "WorkloadSpec.labels, sent: is gone"),
                arguments(
                        Change.inList(
                                "a word is no longer taken",
                                "/components/schemas/EgressRuleSpec/properties/action/enum",
                                words -> words.remove(1)),
                        "EgressRuleSpec.action, sent: the value Deny is no longer taken"),
                arguments(
                        Change.in(
                                "a constant is another",
                                "/components/schemas/Workload/properties/apiVersion",
                                type -> type.put("const", "sallyport.io/v2")),
                        "Workload.apiVersion, sent: the value sallyport.io/v1 is no longer taken"),
                arguments(
                        Change.inType(
                                "a free text is one of some",
                                "Host",
                                type -> type.putArray("enum").add("a")),
                        "Host, sent: the value is now one of [a]"),
                arguments(
                        Change.inType("a pattern is another", "Duration", type -> type.put("pattern", "^[0-9]+s$")),
                        "Duration, sent: pattern \"^([0-9]{1,5}(h|m|s|ms)){1,4}$\" is now \"^[0-9]+s$\""),
                arguments(
                        Change.inType("a limit is lower", "Port", type -> type.put("maximum", 1023)),
                        "Port, sent: maximum 65535 is now 1023"),
                arguments(
                        Change.inType("a limit is higher", "Port", type -> type.put("minimum", 1024)),
                        "Port, sent: minimum 1 is now 1024"),
                arguments(
                        Change.inType("a text is bounded", "Host", type -> type.put("maxLength", 63)),
                        "Host, sent: maxLength  is now 63"),
                arguments(
                        Change.in("a list is shorter", jwks, type -> type.put("maxItems", 10)),
                        "SecurityPolicyAuthenticationJwtJwks.keys, sent: maxItems 100 is now 10"),
                arguments(
                        Change.inType(
                                "values of a map are shorter",
                                "Labels",
                                type -> type.withObject("/additionalProperties").put("maxLength", 9)),
                        "Labels.*, sent: maxLength 63 is now 9"),
                arguments(
                        Change.in(
                                "a field has another type",
                                "/components/schemas/EgressRuleSpec/properties/priority",
                                type -> type.put("type", "string")),
                        "EgressRuleSpec.priority, sent: type [integer] is now [string]"),
                arguments(
                        Change.inList(
                                "an alternative is gone",
                                "/components/schemas/Document/oneOf",
                                choices -> choices.remove(0)),
                        "Document, sent: a Namespace is no longer taken"));
    }

    private static Stream<Arguments> answered() {
        return Stream.of(
                arguments(
                        Change.in(
                                "a field is gone",
                                "/components/schemas/Me/properties",
                                fields -> fields.remove("roles")),
                        "Me.roles, answered: is gone"),
                arguments(
                        Change.inType("a field may be absent", "RevisionDiff", type -> type.remove("required")),
                        "RevisionDiff.revision, answered: may now be absent"),
                arguments(
                        Change.in(
                                "a field of what is joined has another type",
                                "/components/schemas/RevisionSummary/properties/author",
                                type -> type.put("type", "integer")),
                        "Revision.author, answered: type [string] is now [integer]"),
                arguments(
                        Change.inList(
                                "a word is new",
                                "/components/schemas/Use/properties/how/enum",
                                words -> words.add("Guess")),
                        "Use.how, answered: the value Guess is new"),
                arguments(
                        Change.in(
                                "a number is of another size",
                                "/components/schemas/RevisionDiff/properties/revision",
                                type -> type.put("format", "int32")),
                        "RevisionDiff.revision, answered: format \"int64\" is now \"int32\""),
                arguments(
                        Change.in(
                                "a type has another name",
                                ME + "/responses/200/content/application~1json/schema",
                                type -> type.put("$ref", "#/components/schemas/Agents")),
                        "GET /api/v1/me 200, answered: type Me is now Agents"));
    }

    private static void remove(ArrayNode parameters, String name) {
        for (int at = parameters.size() - 1; at >= 0; at--) {
            if (parameters.path(at).path("name").asText().equals(name)) {
                parameters.remove(at);
            }
        }
    }
}
