package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.Credential;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.RoleBinding;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.Spec;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.Workload;
import io.sallyport.domain.workload.Scopes;
import java.util.Optional;

/** The spec of each kind in JSON. */
final class SpecJson {
    private SpecJson() {}

    static Optional<? extends Spec> read(Kind kind, Place place, Name namespace) {
        return switch (kind) {
            case NAMESPACE -> NamespaceJson.read(place);
            case EGRESS_GATEWAY -> EgressGatewayJson.read(place, namespace);
            case DESTINATION -> DestinationJson.read(place);
            case WORKLOAD -> WorkloadJson.read(place);
            case EGRESS_RULE -> EgressRuleJson.read(place, namespace);
            case TRAFFIC_ROUTE -> TrafficRouteJson.read(place, namespace);
            case SECURITY_POLICY -> SecurityPolicyJson.read(place, namespace);
            case CREDENTIAL -> CredentialJson.read(place);
            case ROLE_BINDING -> RoleBindingJson.read(place);
            case GUARDRAIL -> GuardrailJson.read(place, namespace);
            case APPROVAL_POLICY -> ApprovalPolicyJson.read(place);
        };
    }

    static boolean mayBeAbsent(Kind kind) {
        return kind == Kind.NAMESPACE;
    }

    static Spec empty() {
        return new Namespace(Scopes.NONE);
    }

    static ObjectNode write(Spec spec) {
        return switch (spec) {
            case Namespace namespace -> NamespaceJson.write(namespace);
            case EgressGateway gateway -> EgressGatewayJson.write(gateway);
            case Destination destination -> DestinationJson.write(destination);
            case Workload workload -> WorkloadJson.write(workload);
            case EgressRule rule -> EgressRuleJson.write(rule);
            case TrafficRoute route -> TrafficRouteJson.write(route);
            case SecurityPolicy policy -> SecurityPolicyJson.write(policy);
            case Credential credential -> CredentialJson.write(credential);
            case RoleBinding binding -> RoleBindingJson.write(binding);
            case Guardrail guardrail -> GuardrailJson.write(guardrail);
            case ApprovalPolicy policy -> ApprovalPolicyJson.write(policy);
        };
    }
}
