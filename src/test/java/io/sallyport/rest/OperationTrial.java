package io.sallyport.rest;

import io.sallyport.identity.Right;
import io.sallyport.rest.OperationRights.Needed;
import java.util.List;
import java.util.Map;

/**
 * One thing to try: an operation with a path and a body in a namespace.
 *
 * @param operation its id in the contract
 * @param variant what is special about its body; empty where nothing is
 * @param body YAML; none where empty
 */
record OperationTrial(String operation, String variant, String method, String path, String body, Needed needed) {
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry(
                    "putNamespace",
                    "metadata: {labels: {tried: \"yes\"}}\nspec: {scopes: {cidrs: [10.76.NUMBER.0/24]}}"),
            Map.entry(
                    "putEgressGateway",
                    "spec: {agentSelector: {identities: [{clientId: tried-NS}]}, listeners: [{name: http, port: 10081, protocol: HTTP}]}"),
            Map.entry("putDestination", "spec: {hosts: [tried.NS.example], ports: [{number: 80, protocol: HTTP}]}"),
            Map.entry("putWorkload", "spec: {labels: {app: tried}, identities: [{cidr: 10.76.NUMBER.9/32}]}"),
            Map.entry("putEgressRule", rule("Namespace")),
            Map.entry(
                    "putTrafficRoute",
                    "spec: {parentRefs: [{kind: Destination, name: billing}], rules: [{backends: [{destinationRef: {name: billing}}]}]}"),
            Map.entry(
                    "putSecurityPolicy",
                    "spec: {targetRefs: [{kind: Destination, name: billing}], requestLimits: {maxBodyBytes: 1000}}"),
            Map.entry("putCredential", "spec: {type: Token, data: {token: hunter2}}"),
            Map.entry("putRoleBinding", "spec: {role: viewer, subjects: [{group: nobody}]}"),
            Map.entry(
                    "putGuardrail",
                    "spec: {assert: Never, severity: Warn, flows: {from: [{namespaces: [NS]}], to: [{hosts: [never.NS.example]}]}}"),
            Map.entry(
                    "putApprovalPolicy",
                    "spec: {namespaces: [NS], risks: [{type: DefaultAllow}], approvals: {by: {roles: [security]}}}"),
            Map.entry(
                    "explain",
                    "gateway: {namespace: NS, name: internet}\nsource: {address: 10.76.NUMBER.2}\nhost: billing.NS.example"),
            Map.entry(
                    "createChangeSet",
                    "{apiVersion: sallyport.io/v1, kind: Workload, metadata: {namespace: NS, name: tried}, spec: {labels: {app: tried}, identities: [{cidr: 10.76.NUMBER.9/32}]}}"),
            Map.entry(
                    "apply",
                    "{apiVersion: sallyport.io/v1, kind: Workload, metadata: {namespace: NS, name: tried}, spec: {labels: {app: tried}, identities: [{cidr: 10.76.NUMBER.9/32}]}}"));

    private static final String PATCH = "{\"metadata\": {\"annotations\": {\"tried\": \"yes\"}}}";

    /** Bodies that need another right than what the kind needs at least. */
    static final List<OperationTrial> SPECIAL = List.of(
            special("putEgressRule", "of tier Admin", "egress-rules", rule("Admin"), Right.WRITE_GATEWAY_RULE),
            special("putEgressRule", "of tier Baseline", "egress-rules", rule("Baseline"), Right.WRITE_GATEWAY_RULE),
            special(
                    "putTrafficRoute",
                    "of a gateway",
                    "traffic-routes",
                    "spec: {parentRefs: [{kind: EgressGateway, name: internet}], rules: [{backends: [{destinationRef: {name: billing}}]}]}",
                    Right.WRITE_GATEWAY_ROUTE),
            special(
                    "putRoleBinding",
                    "of all namespaces",
                    "role-bindings",
                    "spec: {role: viewer, subjects: [{group: nobody}], namespaces: All}",
                    Right.WRITE_ROLE_BINDING_OF_ALL));

    private static String rule(String tier) {
        return "spec: {gatewayRef: {name: internet}, tier: %s, action: Allow, from: [{workloadSelector: {matchLabels: {app: checkout}}}], to: [{destinationRef: {name: billing}}]}"
                .formatted(tier);
    }

    private static OperationTrial special(String operation, String variant, String segment, String body, Right right) {
        return new OperationTrial(
                operation,
                variant,
                "put",
                "/api/v1/namespaces/{namespace}/%s/{name}".formatted(segment),
                body,
                new Needed.Here(right));
    }

    static OperationTrial of(String method, String path, String operation) {
        Needed needed = OperationRights.of(operation)
                .orElseThrow(() -> new AssertionError("OperationRights says nothing of " + operation));
        return new OperationTrial(
                operation,
                "",
                method,
                path,
                method.equals("patch") ? PATCH : BODIES.getOrDefault(operation, ""),
                needed);
    }

    /** The path in a namespace; what is read and deleted is there. */
    String pathIn(String namespace, long revision) {
        String name = method.equals("get") ? existing() : "tried";
        return path.replace("{namespace}", namespace)
                        .replace("{name}", name)
                        .replace("{revision}", Long.toString(revision))
                        .replace("{id}", "00000000-0000-0000-0000-000000000000")
                + (operation.equals("watch") ? "?from=nonsense" : "");
    }

    private String existing() {
        return switch (operation) {
            case "getEgressGateway", "getSnapshot" -> "internet";
            case "getDestination" -> "billing";
            case "getWorkload" -> "checkout";
            case "getEgressRule" -> "checkout-to-billing";
            default -> "is-not-there";
        };
    }

    String bodyIn(String namespace, int number) {
        return body.replace("NS", namespace).replace("NUMBER", Integer.toString(number));
    }

    /** Whether it is about something that must be there. */
    boolean isOfThere() {
        return method.equals("delete") || method.equals("patch");
    }

    String contentType() {
        return method.equals("patch") ? "application/merge-patch+json" : "application/yaml";
    }

    @Override
    public String toString() {
        return variant.isEmpty() ? operation : operation + " " + variant;
    }
}
