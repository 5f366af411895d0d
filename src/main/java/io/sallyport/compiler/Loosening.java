package io.sallyport.compiler;

import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.Credential;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.RoleBinding;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.Spec;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.Workload;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TrafficPolicy;
import java.util.List;
import java.util.Optional;

/**
 * Tells where putting something back would allow what is refused now, as far as that is no matter of flows, which {@link
 * FlowDiff} knows. In doubt it would.
 */
public final class Loosening {
    private Loosening() {}

    /**
     * Why it is not to be put back; nothing where it may be.
     *
     * @param now what is there; at most one
     * @param then what is to be there instead; at most one
     */
    public static Optional<String> reason(Optional<Spec> now, Optional<Spec> then) {
        Spec any = now.or(() -> then).orElseThrow();
        return switch (any) {
            case RoleBinding binding -> Optional.of("role bindings are never changed without somebody's word");
            case Guardrail guardrail -> Optional.of("guardrails are never changed without somebody's word");
            case ApprovalPolicy policy -> Optional.of("approval policies are never changed without somebody's word");
            case Credential credential -> Optional.of("secrets are never put back");
            case SecurityPolicy policy ->
                policies(now.map(SecurityPolicy.class::cast), then.map(SecurityPolicy.class::cast));
            case EgressGateway gateway ->
                gateways(now.map(EgressGateway.class::cast), then.map(EgressGateway.class::cast));
            case Destination destination ->
                destinations(now.map(Destination.class::cast), then.map(Destination.class::cast));
            case Namespace namespace -> Optional.empty();
            case Workload workload -> Optional.empty();
            case EgressRule rule -> Optional.empty();
            case TrafficRoute route -> Optional.empty();
        };
    }

    private static Optional<String> policies(Optional<SecurityPolicy> now, Optional<SecurityPolicy> then) {
        if (now.isEmpty()) {
            return then.filter(policy -> policy.tls().stream().anyMatch(Loosening::isUnverified))
                    .map(policy -> "it would no longer verify certificates");
        }
        boolean same =
                then.map(policy -> policy.targets().equals(now.get().targets())).orElse(false);
        if (!same) {
            return Optional.of("what it asks would be asked no longer");
        }
        return policies(now.get(), then.get());
    }

    private static Optional<String> policies(SecurityPolicy now, SecurityPolicy then) {
        if (!now.tls().equals(then.tls()) && !then.tls().isEmpty()) {
            return Optional.of("it would speak TLS in another way");
        }
        TrafficPolicy asked = now.traffic();
        TrafficPolicy asking = then.traffic();
        boolean keeps = keeps(asked.authentication(), asking.authentication())
                && keeps(asked.externalAuthorization(), asking.externalAuthorization())
                && keeps(asked.requestLimits(), asking.requestLimits())
                && keeps(asked.rateLimit(), asking.rateLimit())
                && isNarrower(asking.authorization(), asked.authorization());
        return keeps ? Optional.empty() : Optional.of("what it asks would be asked no longer");
    }

    // A section that is there again asks more, and one that is another asks nobody knows what.
    private static boolean keeps(List<?> now, List<?> then) {
        return now.isEmpty() || now.equals(then);
    }

    // All denials are kept, and allowances, where there are any, are some of those.
    private static boolean isNarrower(List<AuthorizationRule> then, List<AuthorizationRule> now) {
        return then.containsAll(of(now, AuthorizationRule.Action.DENY))
                && (of(now, AuthorizationRule.Action.ALLOW).isEmpty()
                        || (!of(then, AuthorizationRule.Action.ALLOW).isEmpty()
                                && now.containsAll(of(then, AuthorizationRule.Action.ALLOW))));
    }

    private static List<AuthorizationRule> of(List<AuthorizationRule> rules, AuthorizationRule.Action action) {
        return rules.stream().filter(rule -> rule.action() == action).toList();
    }

    private static boolean isUnverified(TlsOrigination tls) {
        return !tls.unverified().isEmpty();
    }

    private static Optional<String> gateways(Optional<EgressGateway> now, Optional<EgressGateway> then) {
        return now.isPresent()
                        && then.isPresent()
                        && opens(now.get().addressPolicy(), then.get().addressPolicy())
                ? Optional.of("it would connect to addresses that it refuses now")
                : Optional.empty();
    }

    private static boolean opens(AddressPolicy now, AddressPolicy then) {
        return !then.deny().containsAll(now.deny()) || !now.permit().containsAll(then.permit());
    }

    private static Optional<String> destinations(Optional<Destination> now, Optional<Destination> then) {
        return now.isPresent()
                        && then.isPresent()
                        && !then.get()
                                .settings()
                                .addressGuard()
                                .containsAll(now.get().settings().addressGuard())
                ? Optional.of("it would connect to addresses that it refuses now")
                : Optional.empty();
    }
}
