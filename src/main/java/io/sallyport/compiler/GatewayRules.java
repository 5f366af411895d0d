package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.EgressRule.Enforcement;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.rule.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of one gateway, found by the destinations that they name or select. */
final class GatewayRules {
    /** The order in which rules are tried. */
    static final Comparator<Resource<EgressRule>> ORDER = Comparator.<Resource<EgressRule>, EgressRule.Tier>comparing(
                    rule -> rule.spec().tier())
            .thenComparingInt(rule -> rule.spec().priority())
            .thenComparing(rule -> rule.spec().action())
            .thenComparing(Resource::name);

    private final Admission admission;
    private final LabelIndex<Destination> destinations;
    private final Map<ResourceName, Map<ResourceName, Resource<EgressRule>>> byDestination = new HashMap<>();

    GatewayRules(Admission admission) {
        this.admission = admission;
        destinations = new LabelIndex<>(
                admission.destinations().toList(), one -> one.metadata().labels());
        admission.state().rules().stream().filter(admission::counts).forEach(this::add);
    }

    void add(Resource<EgressRule> rule) {
        destinations(rule)
                .forEach(destination -> byDestination
                        .computeIfAbsent(destination, ignored -> new TreeMap<>())
                        .put(rule.name(), rule));
    }

    void remove(Resource<EgressRule> rule) {
        destinations(rule)
                .forEach(destination -> byDestination.computeIfPresent(destination, (ignored, ofDestination) -> {
                    ofDestination.remove(rule.name());
                    return ofDestination.isEmpty() ? null : ofDestination;
                }));
    }

    /** The destinations that a rule names or selects. */
    SequencedSet<ResourceName> destinations(Resource<EgressRule> rule) {
        return rule.spec().to().stream()
                .flatMap(target -> destinations(rule, target))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Stream<ResourceName> destinations(Resource<EgressRule> rule, Target target) {
        return Stream.concat(
                target.destination().stream(),
                target.selector().stream()
                        .flatMap(selector -> destinations.matching(selector, List.of()).stream())
                        .filter(destination -> mayUse(rule, destination))
                        .map(Resource::name));
    }

    /** All that is said of an entry, the first to be tried first. */
    Claims about(Resource<Destination> owner, Speakers speakers) {
        List<Claim> claims = new ArrayList<>();
        speakers.wholly().forEach((destination, wholly) -> {
            for (Resource<EgressRule> rule : naming(destination)) {
                if (rule.spec().action() == Action.DENY || (wholly && mayUse(rule, owner))) {
                    claims(rule, destination).forEach(claims::add);
                }
            }
        });
        claims.sort(Comparator.comparing(Claim::rule, ORDER));
        return new Claims(claims);
    }

    private Collection<Resource<EgressRule>> naming(ResourceName destination) {
        return byDestination.getOrDefault(destination, Map.of()).values();
    }

    private Stream<Claim> claims(Resource<EgressRule> rule, ResourceName destination) {
        return rule.spec().to().stream()
                .filter(target -> names(rule, target, destination))
                .map(target -> new Claim(rule, target));
    }

    private boolean names(Resource<EgressRule> rule, Target target, ResourceName destination) {
        return target.destination().contains(destination)
                || target.selector().stream()
                        .anyMatch(selector -> admission
                                .destination(destination)
                                .filter(found -> isSelected(rule, selector, found))
                                .isPresent());
    }

    private static boolean isSelected(
            Resource<EgressRule> rule, LabelSelector selector, Resource<Destination> destination) {
        return mayUse(rule, destination)
                && selector.matches(destination.metadata().labels());
    }

    // Who may not use a destination may not open it; anyone may close it for those he speaks for.
    private static boolean mayUse(Resource<EgressRule> rule, Resource<Destination> destination) {
        return destination.spec().isVisibleTo(destination.namespace(), rule.namespace());
    }

    /** One entry of {@code to} of a rule. */
    private record Claim(Resource<EgressRule> rule, Target target) {}

    /** What is said of one entry, the first to be tried first. */
    record Claims(List<Claim> claims) {
        List<Resource<EgressRule>> at(Name listener, PortNumber port, Enforcement enforcement) {
            return claims.stream()
                    .filter(claim -> claim.target().includes(port))
                    .map(Claim::rule)
                    .filter(rule -> rule.spec().enforcement() == enforcement)
                    .filter(rule -> rule.spec().appliesTo(listener))
                    .distinct()
                    .toList();
        }
    }
}
