package io.sallyport.compiler;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.EgressRule.Enforcement;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Spec;
import io.sallyport.domain.Workload;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.rule.Target;
import io.sallyport.domain.rule.Validity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A state in which some objects are not yet what they are to become. Pure. */
public final class HeldBack {
    /** Those of which an agent can refuse what came of them, and the rest can go on without. */
    static final Set<Kind> KINDS = EnumSet.of(
            Kind.EGRESS_GATEWAY,
            Kind.DESTINATION,
            Kind.WORKLOAD,
            Kind.EGRESS_RULE,
            Kind.TRAFFIC_ROUTE,
            Kind.SECURITY_POLICY);

    private HeldBack() {}

    /** What is new or other in {@code target} and may concern the gateway; objects that are gone are not held. */
    public static List<ResourceKey> suspects(DesiredState accepted, DesiredState target, ResourceName gateway) {
        List<ResourceKey> suspects = new ArrayList<>();
        for (Kind kind : KINDS) {
            for (ResourceName name : target.differing(kind, accepted)) {
                ResourceKey key = new ResourceKey(kind, name);
                boolean changed =
                        target.find(key).isPresent() && !target.find(key).equals(accepted.find(key));
                if (changed && mayConcern(key, gateway, accepted, target)) {
                    suspects.add(key);
                }
            }
        }
        return suspects;
    }

    /** The objects, of those that can be held, that say something else in one state than in the other. */
    static Stream<ResourceKey> differing(DesiredState one, DesiredState other) {
        return KINDS.stream()
                .flatMap(kind -> one.differing(kind, other).stream().map(name -> new ResourceKey(kind, name)))
                .filter(key -> !spec(one, key).equals(spec(other, key)));
    }

    static Optional<Spec> spec(DesiredState state, ResourceKey key) {
        return state.find(key).map(Resource::spec);
    }

    static boolean mayConcern(ResourceKey key, ResourceName gateway, DesiredState accepted, DesiredState target) {
        return switch (key.kind()) {
            case EGRESS_GATEWAY ->
                key.name().equals(gateway) && accepted.gateway(gateway).isPresent();
            case EGRESS_RULE ->
                Stream.of(accepted, target)
                        .flatMap(state -> state.rule(key.name()).stream())
                        .anyMatch(rule -> rule.spec().isOf(gateway));
            case DESTINATION, WORKLOAD, TRAFFIC_ROUTE, SECURITY_POLICY -> true;
            case NAMESPACE, CREDENTIAL, ROLE_BINDING, GUARDRAIL, APPROVAL_POLICY -> false;
        };
    }

    /** Whether it takes something away, so that it must not wait for others. */
    public static boolean tightens(ResourceKey key, DesiredState target) {
        return target.find(key)
                .map(Resource::spec)
                .filter(spec -> spec instanceof EgressRule rule && rule.action() == Action.DENY)
                .isPresent();
    }

    /** The target, in which each held object is as it was accepted, less what the target takes away from it. */
    public static DesiredState state(DesiredState accepted, DesiredState target, Collection<ResourceKey> held) {
        List<Change> changes = held.stream()
                .filter(key -> target.find(key).isPresent())
                .map(key -> held(key, accepted, target))
                .toList();
        return target.with(target.revision(), changes);
    }

    private static Change held(ResourceKey key, DesiredState accepted, DesiredState target) {
        Optional<Resource<?>> before = accepted.find(key);
        Optional<Resource<?>> after = target.find(key);
        return Change.to(
                key,
                before.isEmpty() || after.isEmpty()
                        ? Optional.empty()
                        : less(before.get(), after.get().spec()));
    }

    /** What both say; nothing where they have nothing in common. */
    static Optional<Resource<?>> less(Resource<?> before, Spec after) {
        return switch (before.spec()) {
            case EgressRule rule when after instanceof EgressRule newer -> with(before, less(rule, newer));
            case Destination destination
            when after instanceof Destination newer -> with(before, less(destination, newer));
            case Workload workload
            when after instanceof Workload newer -> with(before, Optional.of(less(workload, newer)));
            case EgressGateway gateway
            when after instanceof EgressGateway newer -> with(before, Optional.of(less(gateway, newer)));
            default -> Optional.of(before);
        };
    }

    private static <S extends Spec> Optional<Resource<?>> with(Resource<?> before, Optional<S> spec) {
        return spec.map(changed -> new Resource<>(before.metadata(), changed));
    }

    /**
     * A denial stays. What was allowed is denied where it is now denied, and else allowed as far as both say so; among the
     * others it stands where it stands now, so that it goes before none that is to go before it.
     */
    private static Optional<EgressRule> less(EgressRule before, EgressRule after) {
        if (before.action() == Action.DENY) {
            return Optional.of(before);
        }
        return after.action() == Action.DENY
                ? Optional.of(rule(before, after, before.from(), before.to(), after.validity()))
                : allowed(before, after);
    }

    private static Optional<EgressRule> allowed(EgressRule before, EgressRule after) {
        var from = both(before.from(), after.from());
        var to = both(before.to(), after.to());
        boolean decides = after.enforcement() == Enforcement.ENFORCE || before.enforcement() != Enforcement.ENFORCE;
        boolean isThere = before.gateway().equals(after.gateway())
                && (before.listeners().isEmpty()
                        || after.listeners().isEmpty()
                        || before.listeners().equals(after.listeners()));
        return from.isEmpty() || to.isEmpty() || !decides || !isThere
                ? Optional.empty()
                : both(before.validity(), after.validity()).map(validity -> rule(before, after, from, to, validity));
    }

    private static EgressRule rule(
            EgressRule before, EgressRule after, List<Source> from, List<Target> to, Validity validity) {
        return new EgressRule(
                before.gateway(),
                before.listeners().isEmpty() ? after.listeners() : before.listeners(),
                after.tier(),
                after.priority(),
                after.action(),
                before.enforcement(),
                from,
                to,
                before.forwarding(),
                validity,
                before.justification());
    }

    private static Optional<Validity> both(Validity before, Validity after) {
        Instant start = Collections.max(List.of(before.notBefore(), after.notBefore()));
        Instant end = Collections.min(List.of(before.expiresAt(), after.expiresAt()));
        if (after.isOver() || !start.isBefore(end)) {
            return Optional.empty();
        }
        boolean isNewer = start.equals(after.notBefore()) && end.equals(after.expiresAt());
        return Optional.of(isNewer ? after : new Validity(start, end));
    }

    private static Optional<Destination> less(Destination before, Destination after) {
        var hosts = both(before.hosts(), after.hosts());
        var addresses = both(before.addresses(), after.addresses());
        var numbers = after.ports().stream().map(port -> port.number()).toList();
        var ports = before.ports().stream()
                .filter(port -> numbers.contains(port.number()))
                .toList();
        if ((hosts.isEmpty() && addresses.isEmpty()) || ports.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Destination(
                hosts,
                addresses,
                ports,
                before.resolution(),
                before.endpoints(),
                before.subsets(),
                before.settings(),
                both(before.visibility(), after.visibility()),
                both(before.delegates(), after.delegates())));
    }

    private static Workload less(Workload before, Workload after) {
        return new Workload(after.labels(), both(before.identities(), after.identities()));
    }

    /** Whom it admits, what it allows by default and where it must not go is as it is now. */
    private static EgressGateway less(EgressGateway before, EgressGateway after) {
        return new EgressGateway(
                before.listeners(),
                after.agentSelector(),
                after.allowedNamespaces(),
                after.defaultAction(),
                after.addressPolicy(),
                before.ruleBuckets(),
                before.conduct(),
                after.rollout());
    }

    private static <T> List<T> both(List<T> before, List<T> after) {
        return before.stream().filter(after::contains).toList();
    }
}
