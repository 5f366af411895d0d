package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is there while the API is tried: one of each kind under names that requests are made to hit more often than not, with
 * drafts to edit, approve, publish and discard, and a change on its way through a gateway's rollout.
 */
final class TriedWorld {
    private static final String NAMESPACE = "tried";
    private static final String ONE = "one";

    /** Of what may be deleted, so that the rest is there for as long as it takes. */
    private static final String OTHER = "other";

    private static final String FOUNDATION = """
            {apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: tried}, spec: {scopes: {cidrs: [10.78.0.0/24]}}}
            ---
            {apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: tried-other}}
            """;

    private static final String OF_EACH_NAME = """
            apiVersion: sallyport.io/v1
            kind: EgressGateway
            metadata: {namespace: tried, name: NAME}
            spec:
              agentSelector: {identities: [{clientId: gateway-NAME}]}
              listeners: [{name: http, port: 10080, protocol: HTTP}]
              rollout: {steps: [{cohort: {percentage: 10}, promotion: Manual}, {cohort: {percentage: 20}, promotion: Manual}]}
            ---
            apiVersion: sallyport.io/v1
            kind: Destination
            metadata: {namespace: tried, name: NAME}
            spec: {hosts: [NAME.tried.example], ports: [{number: 80, protocol: HTTP}]}
            ---
            {apiVersion: sallyport.io/v1, kind: Credential, metadata: {namespace: tried, name: NAME}, spec: {type: Token, data: {token: tried}}}
            ---
            {apiVersion: sallyport.io/v1, kind: Workload, metadata: {namespace: tried, name: NAME}, spec: {labels: {app: NAME}}}
            ---
            {apiVersion: sallyport.io/v1, kind: RoleBinding, metadata: {namespace: tried, name: NAME}, spec: {role: viewer, subjects: [{group: NAME}]}}
            ---
            apiVersion: sallyport.io/v1
            kind: TrafficRoute
            metadata: {namespace: tried, name: NAME}
            spec: {parentRefs: [{kind: Destination, name: one}], hostnames: [NAME.example], rules: [{backends: [{destinationRef: {name: one}}]}]}
            ---
            apiVersion: sallyport.io/v1
            kind: SecurityPolicy
            metadata: {namespace: tried, name: NAME}
            spec: {targetRefs: [{kind: Destination, name: one}], requestLimits: {maxBodyBytes: 1000}}
            ---
            apiVersion: sallyport.io/v1
            kind: Guardrail
            metadata: {namespace: tried, name: NAME}
            spec: {assert: Never, severity: Warn, flows: {from: [{namespaces: [tried]}], to: [{hosts: [never.tried.example]}]}}
            """;

    private static final String RULE = """
            apiVersion: sallyport.io/v1
            kind: EgressRule
            metadata: {namespace: tried, name: NAME}
            spec: {gatewayRef: {name: one}, tier: Admin, action: Allow, from: [{ipBlocks: [192.0.2.0/24]}], to: [{destinationRef: {name: one}}]}
            """;

    private static final String POLICY = """
            apiVersion: sallyport.io/v1
            kind: ApprovalPolicy
            metadata: {namespace: tried, name: one}
            spec:
              namespaces: [tried]
              risks: [{type: NewDestination}]
              approvals: {by: {subjects: [{group: sallyport-administrators}]}}
            """;

    private static final String TO_APPROVE =
            """
            {apiVersion: sallyport.io/v1, kind: Destination, metadata: {namespace: tried, name: new}, spec: {hosts: [new.tried.example], ports: [{number: 80, protocol: HTTP}]}}
            ---
            """ + RULE.replace("one}}]", "new}}]").replace("NAME", "new");

    private final ApiClient admin;
    private final ApiClient author;
    private final Path folder;

    TriedWorld(ApiClient admin, ApiClient author, Path folder) {
        this.admin = admin;
        this.author = author;
        this.folder = folder;
    }

    /** Makes it; returns the settings with which Schemathesis hits it. */
    Path prepare() {
        admin.apply(FOUNDATION);
        Stream.of(ONE, OTHER).map(name -> OF_EACH_NAME.replace("NAME", name)).forEach(admin::apply);
        // What gives something new after the rollout policy is what a rollout is about.
        Pause.of(Duration.ofSeconds(2));
        Stream.of(ONE, OTHER).map(name -> RULE.replace("NAME", name)).forEach(admin::apply);
        admin.apply(POLICY);
        String toConfirm = admin.put(
                        "/api/v1/namespaces/tried/workloads/to-confirm?confirmWithin=1h", "spec: {labels: {app: some}}")
                .at("/metadata/revision")
                .asText();
        Map<String, String> drafts = Map.of(
                "discardChangeSet", draft(author, RULE.replace("NAME", "discarded")),
                "publishChangeSet", draft(admin, RULE.replace("NAME", "published")),
                "approveChangeSet", draft(author, TO_APPROVE));
        return written(settings(drafts, draft(author, RULE.replace("NAME", "edited")), toConfirm));
    }

    private static String draft(ApiClient author, String documents) {
        return author.post("/api/v1/change-sets", documents).path("id").asText();
    }

    private static String settings(Map<String, String> drafts, String draft, String toConfirm) {
        return Stream.of(
                        Stream.of(
                                words("namespace", NAMESPACE),
                                words("name", ONE),
                                words("other", OTHER),
                                words("empty", "tried-other"),
                                words("draft", draft),
                                words("confirmed", toConfirm)),
                        drafts.entrySet().stream().map(one -> words(one.getKey(), one.getValue())),
                        Stream.of("[parameters]\n" + often("path.namespace", "namespace") + often("path.name", "name")
                                + often("path.id", "draft")),
                        drafts.keySet().stream().map(operation -> of(List.of(operation), often("path.id", operation))),
                        Stream.of(
                                of(
                                        List.of("withdrawChangeSetApproval", "listChangeSetApprovals"),
                                        often("path.id", "approveChangeSet")),
                                of(List.of("deleteNamespace"), often("path.namespace", "empty")),
                                of(List.of("getConfirmation", "confirmRevision"), often("path.revision", "confirmed")),
                                "[[operations]]\ninclude-operation-id-regex = \"^delete(?!Namespace)\"\n[operations.parameters]\n"
                                        + often("path.namespace", "namespace") + often("path.name", "other")))
                .flatMap(parts -> parts)
                .collect(Collectors.joining("\n"));
    }

    private static String words(String dictionary, String word) {
        return "[dictionaries.%s]\nvalues = [\"%s\"]\n".formatted(dictionary, word);
    }

    private static String often(String parameter, String dictionary) {
        return "\"%s\" = { dictionary = \"%s\", probability = 0.8 }\n".formatted(parameter, dictionary);
    }

    private static String of(List<String> operations, String parameters) {
        return "[[operations]]\ninclude-operation-id = [%s]\n[operations.parameters]\n%s"
                .formatted(operations.stream().map("\"%s\""::formatted).collect(Collectors.joining(", ")), parameters);
    }

    private Path written(String settings) {
        try {
            return Files.writeString(Files.createDirectories(folder).resolve("schemathesis.toml"), settings);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
