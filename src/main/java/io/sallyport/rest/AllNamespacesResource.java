package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.Kind;
import io.sallyport.rest.json.Format;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lists across namespaces over HTTP. */
@Path("/api/v1")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE, Format.PART_JSON_TYPE, Format.PART_YAML_TYPE})
@Authenticated
@RunOnVirtualThread
public class AllNamespacesResource {
    private final ListExchange lists;

    @Inject
    AllNamespacesResource(ListExchange lists) {
        this.lists = lists;
    }

    @GET
    @Path("egress-gateways")
    @Tag(name = "Egress gateways")
    @Operation(operationId = "listAllEgressGateways", summary = "List the egress gateways of all namespaces")
    public ObjectNode gateways() {
        return all(Kind.EGRESS_GATEWAY);
    }

    @GET
    @Path("destinations")
    @Tag(name = "Destinations")
    @Operation(operationId = "listAllDestinations", summary = "List the destinations of all namespaces")
    public ObjectNode destinations() {
        return all(Kind.DESTINATION);
    }

    @GET
    @Path("workloads")
    @Tag(name = "Workloads")
    @Operation(operationId = "listAllWorkloads", summary = "List the workloads of all namespaces")
    public ObjectNode workloads() {
        return all(Kind.WORKLOAD);
    }

    @GET
    @Path("egress-rules")
    @Tag(name = "Egress rules")
    @Operation(operationId = "listAllEgressRules", summary = "List the egress rules of all namespaces")
    public ObjectNode rules() {
        return all(Kind.EGRESS_RULE);
    }

    @GET
    @Path("traffic-routes")
    @Tag(name = "Traffic routes")
    @Operation(operationId = "listAllTrafficRoutes", summary = "List the traffic routes of all namespaces")
    public ObjectNode routes() {
        return all(Kind.TRAFFIC_ROUTE);
    }

    @GET
    @Path("security-policies")
    @Tag(name = "Security policies")
    @Operation(operationId = "listAllSecurityPolicies", summary = "List the security policies of all namespaces")
    public ObjectNode policies() {
        return all(Kind.SECURITY_POLICY);
    }

    @GET
    @Path("credentials")
    @Tag(name = "Credentials")
    @Operation(
            operationId = "listAllCredentials",
            summary = "List the credentials of all namespaces, without their data")
    public ObjectNode credentials() {
        return all(Kind.CREDENTIAL);
    }

    @GET
    @Path("role-bindings")
    @Tag(name = "Access")
    @Operation(operationId = "listAllRoleBindings", summary = "List the role bindings of all namespaces")
    public ObjectNode bindings() {
        return all(Kind.ROLE_BINDING);
    }

    @GET
    @Path("guardrails")
    @Tag(name = "Guardrails")
    @Operation(operationId = "listAllGuardrails", summary = "List the guardrails of all namespaces")
    public ObjectNode guardrails() {
        return all(Kind.GUARDRAIL);
    }

    @GET
    @Path("approval-policies")
    @Tag(name = "Approval policies")
    @Operation(operationId = "listAllApprovalPolicies", summary = "List the approval policies of all namespaces")
    public ObjectNode approvalPolicies() {
        return all(Kind.APPROVAL_POLICY);
    }

    private ObjectNode all(Kind kind) {
        return lists.list(kind, List.of());
    }
}
