package io.sallyport.domain;

/** What a resource asks for. */
public sealed interface Spec
        permits Namespace,
                EgressGateway,
                Destination,
                Workload,
                EgressRule,
                TrafficRoute,
                SecurityPolicy,
                Credential,
                RoleBinding,
                Guardrail,
                ApprovalPolicy {

    /** The kind whose spec this is. */
    default Kind kind() {
        return switch (this) {
            case Namespace ignored -> Kind.NAMESPACE;
            case EgressGateway ignored -> Kind.EGRESS_GATEWAY;
            case Destination ignored -> Kind.DESTINATION;
            case Workload ignored -> Kind.WORKLOAD;
            case EgressRule ignored -> Kind.EGRESS_RULE;
            case TrafficRoute ignored -> Kind.TRAFFIC_ROUTE;
            case SecurityPolicy ignored -> Kind.SECURITY_POLICY;
            case Credential ignored -> Kind.CREDENTIAL;
            case RoleBinding ignored -> Kind.ROLE_BINDING;
            case Guardrail ignored -> Kind.GUARDRAIL;
            case ApprovalPolicy ignored -> Kind.APPROVAL_POLICY;
        };
    }
}
