package io.sallyport.testkit;

import static io.sallyport.testkit.AuthorizationRuleBuilder.allowing;
import static io.sallyport.testkit.AuthorizationRuleBuilder.denying;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteRuleBuilder.always;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.everyone;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Spec;
import io.sallyport.domain.Workload;
import io.sallyport.domain.gateway.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What may become of the resources of a {@link RandomState}, with policies and routes; twice of the same is a change. */
public final class RandomChange {
    private static final ResourceName GATEWAY = RandomState.GATEWAYS.getFirst();
    private static final Set<Kind> CHANGING =
            Set.of(Kind.EGRESS_RULE, Kind.WORKLOAD, Kind.DESTINATION, Kind.SECURITY_POLICY, Kind.TRAFFIC_ROUTE);

    private RandomChange() {}

    /** Some are gone, some are less than they were, and some say what another one of their namespace says. */
    public static List<Resource<?>> of(List<Resource<?>> resources, Random random) {
        List<Resource<?>> all = new ArrayList<>(resources);
        all.add(aRule("edge/most")
                .tier(Tier.BASELINE)
                .from(everyone())
                .toLabelled("class", "gold")
                .toLabelled("class", "plain")
                .build());
        resources.stream()
                .filter(resource -> resource.key().kind() == Kind.DESTINATION)
                .forEach(destination -> {
                    all.add(policy(destination.name(), random).build());
                    all.add(route(destination.name(), random).build());
                });
        return all.stream()
                .filter(resource -> !CHANGING.contains(resource.key().kind()) || random.nextInt(5) > 0)
                .<Resource<?>>map(resource -> random.nextInt(2) == 0 ? other(resource, all, random) : resource)
                .toList();
    }

    private static SecurityPolicyBuilder policy(ResourceName destination, Random random) {
        SecurityPolicyBuilder policy = aSecurityPolicy(destination.namespace() + "/of-" + destination.name())
                .onDestination(destination.name().value());
        return switch (random.nextInt(4)) {
            case 0 -> policy.authorizing(denying("a").paths("/a*"));
            case 1 -> policy.authorizing(allowing("b").paths("/b"), denying("c").paths("/a/b"));
            case 2 -> policy.authorizing(allowing("some").ipBlocks("10.1.0.0/16"));
            default -> policy;
        };
    }

    private static RouteBuilder route(ResourceName destination, Random random) {
        RouteBuilder route = aRoute(destination.namespace() + "/of-" + destination.name())
                .ofDestination(destination.name().value());
        return switch (random.nextInt(5)) {
            case 0 -> route.with(where(prefix("/a")).answering(403, "no")).with(always().to(destination.toString()));
            case 1 -> route.with(where(prefix("/b")).to(destination.toString()));
            case 2 ->
                route.with(where(prefix("/a")).to(destination.toString()))
                        .with(where(prefix("/a/b")).answering(410, "gone"));
            default -> route.with(always().to(destination.toString()));
        };
    }

    private static Resource<?> other(Resource<?> resource, List<Resource<?>> resources, Random random) {
        return switch (resource.spec()) {
            case EgressRule rule -> new Resource<>(resource.metadata(), like(resource, resources, random));
            case Workload workload -> new Resource<>(resource.metadata(), like(resource, resources, random));
            case Destination destination -> new Resource<>(resource.metadata(), fewer(destination, random));
            case EgressGateway gateway
            when resource.name().equals(GATEWAY) ->
                new Resource<>(
                        resource.metadata(),
                        with(
                                gateway,
                                gateway.listeners().stream()
                                        .filter(_ -> random.nextInt(6) > 0)
                                        .toList(),
                                random.nextBoolean() ? DefaultAction.ALLOW : DefaultAction.DENY));
            case Spec unchanged -> resource;
        };
    }

    private static Spec like(Resource<?> resource, List<Resource<?>> resources, Random random) {
        List<Spec> same = resources.stream()
                .filter(one -> one.key().kind() == resource.key().kind()
                        && one.namespace().equals(resource.namespace()))
                .<Spec>map(Resource::spec)
                .toList();
        return same.get(random.nextInt(same.size()));
    }

    private static Destination fewer(Destination all, Random random) {
        return new Destination(
                List.of(all.hosts().get(random.nextInt(all.hosts().size()))),
                all.addresses(),
                all.ports().subList(0, 1 + random.nextInt(all.ports().size())),
                all.resolution(),
                all.endpoints(),
                all.subsets(),
                all.settings(),
                all.visibility(),
                all.delegates());
    }

    private static EgressGateway with(EgressGateway gateway, List<Listener> listeners, DefaultAction action) {
        return new EgressGateway(
                listeners,
                gateway.agentSelector(),
                gateway.allowedNamespaces(),
                action,
                gateway.addressPolicy(),
                gateway.ruleBuckets(),
                gateway.conduct(),
                gateway.rollout());
    }
}
