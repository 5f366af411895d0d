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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rules of one gateway in the order in which they are tried, found by the destinations that they name. */
final class GatewayRules {
    private static final Comparator<Resource<EgressRule>> ORDER =
            Comparator.<Resource<EgressRule>, EgressRule.Tier>comparing(
                            rule -> rule.spec().tier())
                    .thenComparingInt(rule -> rule.spec().priority())
                    .thenComparing(rule -> rule.spec().action())
                    .thenComparing(Resource::name);

    private final KnownHosts hosts;
    private final Map<ResourceName, List<Claim>> byDestination = new HashMap<>();

    GatewayRules(Admission admission, KnownHosts hosts) {
        this.hosts = hosts;
        List<Resource<EgressRule>> ordered = admission.state().rules().stream()
                .filter(admission::counts)
                .sorted(ORDER)
                .toList();
        for (int rank = 0; rank < ordered.size(); rank++) {
            index(rank, ordered.get(rank));
        }
    }

    private void index(int rank, Resource<EgressRule> rule) {
        for (Target target : rule.spec().to()) {
            byDestination
                    .computeIfAbsent(target.destination(), ignored -> new ArrayList<>())
                    .add(new Claim(rank, rule, target));
        }
    }

    /** All that is said of a host: of its owner, and of destinations with a wildcard above it. */
    Claims about(HostPattern host, Resource<Destination> owner) {
        Stream<ResourceName> above = hosts.covering(host).stream()
                .filter(HostPattern::isWildcard)
                .flatMap(pattern -> hosts.claims(pattern).stream())
                .map(Resource::name);
        return new Claims(Stream.concat(Stream.of(owner.name()), above)
                .distinct()
                .flatMap(destination -> byDestination.getOrDefault(destination, List.of()).stream())
                .filter(claim -> claim.mayBeAbout(owner))
                .sorted(Comparator.comparingInt(Claim::rank))
                .toList());
    }

    /** One entry of {@code to} of a rule. */
    private record Claim(int rank, Resource<EgressRule> rule, Target target) {
        // Who may not use a destination may not open it; anyone may close it for those he speaks for.
        boolean mayBeAbout(Resource<Destination> owner) {
            return rule.spec().action() == Action.DENY || owner.spec().isVisibleTo(owner.namespace(), rule.namespace());
        }
    }

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
