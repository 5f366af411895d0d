package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.rule.Target;
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

/** The rules of one gateway, found by the destinations that they name. */
final class GatewayRules {
    /** The order in which rules are tried. */
    static final Comparator<Resource<EgressRule>> ORDER = Comparator.<Resource<EgressRule>, EgressRule.Tier>comparing(
                    rule -> rule.spec().tier())
            .thenComparingInt(rule -> rule.spec().priority())
            .thenComparing(rule -> rule.spec().action())
            .thenComparing(Resource::name);

    private final KnownHosts hosts;
    private final Map<ResourceName, Map<ResourceName, Resource<EgressRule>>> byDestination = new HashMap<>();

    GatewayRules(Admission admission, KnownHosts hosts) {
        this.hosts = hosts;
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

    /** The destinations that a rule names. */
    static SequencedSet<ResourceName> destinations(Resource<EgressRule> rule) {
        return rule.spec().to().stream()
                .flatMap(target -> target.destination().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The destinations whose rules say something of a host: its owner, and those with a wildcard above it. */
    SequencedSet<ResourceName> speaking(HostPattern host, Resource<Destination> owner) {
        Stream<ResourceName> above = hosts.covering(host).stream()
                .filter(HostPattern::isWildcard)
                .flatMap(pattern -> hosts.claims(pattern).stream())
                .map(Resource::name);
        return Stream.concat(Stream.of(owner.name()), above).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** All that is said of a host. */
    Claims about(HostPattern host, Resource<Destination> owner) {
        return new Claims(speaking(host, owner).stream()
                .flatMap(destination -> naming(destination).stream()
                        .filter(rule -> mayBeAbout(owner, rule))
                        .flatMap(rule -> claims(rule, destination)))
                .sorted(Comparator.comparing(Claim::rule, ORDER))
                .toList());
    }

    private Collection<Resource<EgressRule>> naming(ResourceName destination) {
        return byDestination.getOrDefault(destination, Map.of()).values();
    }

    private static Stream<Claim> claims(Resource<EgressRule> rule, ResourceName destination) {
        return rule.spec().to().stream()
                .filter(target -> target.destination().contains(destination))
                .map(target -> new Claim(rule, target));
    }

    // Who may not use a destination may not open it; anyone may close it for those he speaks for.
    private static boolean mayBeAbout(Resource<Destination> owner, Resource<EgressRule> rule) {
        return rule.spec().action() == Action.DENY || owner.spec().isVisibleTo(owner.namespace(), rule.namespace());
    }

    /** One entry of {@code to} of a rule. */
    private record Claim(Resource<EgressRule> rule, Target target) {}

    /** What is said of one host, the first to be tried first. */
    record Claims(List<Claim> claims) {
        List<Resource<EgressRule>> at(Name listener, PortNumber port) {
            return claims.stream()
                    .filter(claim -> claim.target().includes(port))
                    .map(Claim::rule)
                    .filter(rule -> rule.spec().appliesTo(listener))
                    .distinct()
                    .toList();
        }
    }
}
