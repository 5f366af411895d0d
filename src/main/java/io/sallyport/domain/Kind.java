package io.sallyport.domain;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of resource, by their name in documents and their segment in paths. */
public enum Kind {
    NAMESPACE("Namespace", "namespaces"),
    EGRESS_GATEWAY("EgressGateway", "egress-gateways"),
    DESTINATION("Destination", "destinations"),
    WORKLOAD("Workload", "workloads"),
    EGRESS_RULE("EgressRule", "egress-rules"),
    TRAFFIC_ROUTE("TrafficRoute", "traffic-routes"),
    SECURITY_POLICY("SecurityPolicy", "security-policies"),
    CREDENTIAL("Credential", "credentials"),
    ROLE_BINDING("RoleBinding", "role-bindings"),
    GUARDRAIL("Guardrail", "guardrails"),
    APPROVAL_POLICY("ApprovalPolicy", "approval-policies");

    private final String documentName;
    private final String pathSegment;

    Kind(String documentName, String pathSegment) {
        this.documentName = documentName;
        this.pathSegment = pathSegment;
    }

    /** As in the {@code kind} field, {@code EgressRule} for example. */
    public String documentName() {
        return documentName;
    }

    /** As in the path, {@code egress-rules} for example. */
    public String pathSegment() {
        return pathSegment;
    }

    public static Optional<Kind> ofDocumentName(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.documentName.equals(text))
                .findFirst();
    }

    public static Optional<Kind> ofPathSegment(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.pathSegment.equals(text))
                .findFirst();
    }
}
