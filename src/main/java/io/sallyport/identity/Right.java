package io.sallyport.identity;

import static io.sallyport.domain.access.Role.ADMINISTRATOR;
import static io.sallyport.domain.access.Role.AUDITOR;
import static io.sallyport.domain.access.Role.DEVELOPER;
import static io.sallyport.domain.access.Role.OPERATOR;
import static io.sallyport.domain.access.Role.SECURITY;

import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Kind;
import io.sallyport.domain.RoleBinding;
import io.sallyport.domain.Spec;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.route.RouteParent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The one table of who may what: each thing that may be done, and the roles that may do it. */
public enum Right {
    READ("read", Reach.NAMESPACE, Role.values()),
    READ_SNAPSHOT("read what a gateway runs", Reach.NAMESPACE, OPERATOR, ADMINISTRATOR),
    READ_AUDIT("read the audit trail", Reach.NAMESPACE, AUDITOR, ADMINISTRATOR),
    WRITE_NAMESPACE("write a Namespace, which says for whom it speaks", Reach.EVERYWHERE, ADMINISTRATOR),
    WRITE_ROLE_BINDING("write a RoleBinding of its own namespace", Reach.NAMESPACE, ADMINISTRATOR),
    WRITE_ROLE_BINDING_OF_ALL("write a RoleBinding of all namespaces", Reach.EVERYWHERE, ADMINISTRATOR),
    WRITE_GATEWAY("write an EgressGateway", Reach.NAMESPACE, OPERATOR, ADMINISTRATOR),
    WRITE_DESTINATION("write a Destination", Reach.NAMESPACE, SECURITY, ADMINISTRATOR),
    WRITE_WORKLOAD("write a Workload", Reach.NAMESPACE, DEVELOPER, ADMINISTRATOR),
    WRITE_RULE("write an EgressRule of tier Namespace", Reach.NAMESPACE, DEVELOPER, ADMINISTRATOR),
    WRITE_GATEWAY_RULE(
            "write an EgressRule of tier Admin or Baseline", Reach.NAMESPACE, SECURITY, OPERATOR, ADMINISTRATOR),
    WRITE_ROUTE("write a TrafficRoute of destinations", Reach.NAMESPACE, DEVELOPER, SECURITY, ADMINISTRATOR),
    WRITE_GATEWAY_ROUTE("write a TrafficRoute of a gateway", Reach.NAMESPACE, OPERATOR, ADMINISTRATOR),
    WRITE_POLICY("write a SecurityPolicy", Reach.NAMESPACE, SECURITY, ADMINISTRATOR),
    WRITE_CREDENTIAL("write a Credential", Reach.NAMESPACE, SECURITY, ADMINISTRATOR),
    WRITE_GUARDRAIL("write a Guardrail, which holds everywhere", Reach.EVERYWHERE, ADMINISTRATOR),
    WRITE_APPROVAL_POLICY(
            "write an ApprovalPolicy, which says what needs whose approval", Reach.EVERYWHERE, ADMINISTRATOR);

    private final String words;
    private final Reach reach;

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final Set<Role> roles;

    Right(String words, Reach reach, Role... roles) {
        this.words = words;
        this.reach = reach;
        this.roles = EnumSet.copyOf(Arrays.asList(roles));
    }

    /** What it lets do, as it completes "To ...". */
    public String words() {
        return words;
    }

    public Reach reach() {
        return reach;
    }

    public boolean isOf(Role role) {
        return roles.contains(role);
    }

    public Set<Role> roles() {
        return EnumSet.copyOf(roles);
    }

    /** What is needed to write this: to create it, to make something else of it, or to take it away. */
    public static Right toWrite(Spec spec) {
        return switch (spec) {
            case EgressRule rule when rule.tier() != EgressRule.Tier.NAMESPACE -> WRITE_GATEWAY_RULE;
            case TrafficRoute route when isOfGateway(route) -> WRITE_GATEWAY_ROUTE;
            case RoleBinding binding when binding.reach() == RoleBinding.Reach.ALL -> WRITE_ROLE_BINDING_OF_ALL;
            case Spec other -> toWrite(other.kind());
        };
    }

    private static boolean isOfGateway(TrafficRoute route) {
        return route.parents().stream().anyMatch(parent -> parent.kind() == RouteParent.Kind.EGRESS_GATEWAY);
    }

    /** What is needed at least to write anything of a kind. */
    public static Right toWrite(Kind kind) {
        return switch (kind) {
            case NAMESPACE -> WRITE_NAMESPACE;
            case EGRESS_GATEWAY -> WRITE_GATEWAY;
            case DESTINATION -> WRITE_DESTINATION;
            case WORKLOAD -> WRITE_WORKLOAD;
            case EGRESS_RULE -> WRITE_RULE;
            case TRAFFIC_ROUTE -> WRITE_ROUTE;
            case SECURITY_POLICY -> WRITE_POLICY;
            case CREDENTIAL -> WRITE_CREDENTIAL;
            case ROLE_BINDING -> WRITE_ROLE_BINDING;
            case GUARDRAIL -> WRITE_GUARDRAIL;
            case APPROVAL_POLICY -> WRITE_APPROVAL_POLICY;
        };
    }

    /** Where a role must be had. */
    public enum Reach {
        /** In the namespace concerned. */
        NAMESPACE,
        /** In all namespaces. */
        EVERYWHERE
    }
}
