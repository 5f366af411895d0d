package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.EgressRule.Enforcement;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.rule.Target;
import io.sallyport.domain.rule.Validity;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rule that never decides, since one that is tried before it covers all that it says. Judged by what the rules say, not
 * by whom that means at the moment: what is found here stays so, and what is not may be so for now.
 */
final class RuleOverlapChecks {
    private final Checked checked;
    private final Report report;

    RuleOverlapChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        List<Resource<EgressRule>> rules = checked.touchedRules().stream()
                .filter(rule -> rule.spec().enforcement() == Enforcement.ENFORCE)
                .toList();
        RulesByWords byWords = new RulesByWords(checked.state());
        for (Resource<EgressRule> rule : rules) {
            // The first by name of those that cover it.
            byWords.perhapsCovering(rule)
                    .filter(earlier -> isTriedBefore(earlier, rule) && coversAllOf(earlier, rule))
                    .findFirst()
                    .ifPresent(earlier -> report(rule, earlier));
        }
    }

    private void report(Resource<EgressRule> rule, Resource<EgressRule> earlier) {
        if (saysTheSame(earlier.spec(), rule.spec())) {
            report.warning(
                    rule,
                    "",
                    "DuplicateRule",
                    "%s says the same and is tried first: delete one of them".formatted(earlier.key()));
        } else {
            report.warning(
                    rule,
                    "",
                    "ShadowedRule",
                    "%s (%s) is tried first and covers all that this rule says, so this one never decides: lower its priority number, narrow the other, or delete this one"
                            .formatted(earlier.key(), earlier.spec().action()));
        }
    }

    private static boolean saysTheSame(EgressRule one, EgressRule other) {
        return one.action() == other.action()
                && one.tier() == other.tier()
                && one.listeners().equals(other.listeners())
                && one.from().equals(other.from())
                && one.to().equals(other.to())
                && one.validity().hasBoundsOf(other.validity());
    }

    private static boolean isTriedBefore(Resource<EgressRule> earlier, Resource<EgressRule> rule) {
        return earlier.spec().enforcement() == Enforcement.ENFORCE
                && GatewayRules.ORDER.compare(earlier, rule) < 0
                && gateways(rule.spec()).allMatch(earlier.spec()::isOf);
    }

    private static Stream<ResourceName> gateways(EgressRule rule) {
        return Stream.concat(Stream.of(rule.gateway()), rule.forwarding().failoverGateways().stream());
    }

    private boolean coversAllOf(Resource<EgressRule> earlier, Resource<EgressRule> rule) {
        EgressRule wide = earlier.spec();
        EgressRule narrow = rule.spec();
        return (wide.listeners().isEmpty() || wide.listeners().equals(narrow.listeners()))
                && covers(wide.validity(), narrow.validity())
                && narrow.to().stream()
                        .allMatch(target -> wide.to().stream().anyMatch(other -> covers(earlier, other, target)))
                && narrow.from().stream()
                        .map(source -> ScopedSource.of(rule, source))
                        .allMatch(entry -> wide.from().stream()
                                .map(source -> ScopedSource.of(earlier, source))
                                .anyMatch(entry::saysNoMoreThan));
    }

    private static boolean covers(Validity wide, Validity narrow) {
        return !wide.isOver()
                && !wide.notBefore().isAfter(narrow.notBefore())
                && !wide.expiresAt().isBefore(narrow.expiresAt());
    }

    private boolean covers(Resource<EgressRule> earlier, Target wide, Target narrow) {
        boolean allPorts = wide.ports().isEmpty();
        boolean ports = allPorts || (!narrow.ports().isEmpty() && wide.ports().containsAll(narrow.ports()));
        return ports && (sameDestinations(wide, narrow) || isUnder(earlier, wide, narrow));
    }

    private static boolean sameDestinations(Target wide, Target narrow) {
        return wide.destination().equals(narrow.destination())
                && wide.selector().equals(narrow.selector());
    }

    private boolean isUnder(Resource<EgressRule> earlier, Target wide, Target narrow) {
        return wide.destination().stream()
                .flatMap(name -> checked.state().destination(name).stream())
                .anyMatch(above -> narrow.destination().stream()
                        .flatMap(name -> checked.state().destination(name).stream())
                        .anyMatch(below -> mayDecide(earlier, below) && coversHosts(above.spec(), below.spec())));
    }

    private static boolean mayDecide(Resource<EgressRule> rule, Resource<Destination> destination) {
        return rule.spec().action() == Action.DENY
                || destination.spec().isVisibleTo(destination.namespace(), rule.namespace());
    }

    private static boolean coversHosts(Destination above, Destination below) {
        List<HostPattern> wildcards =
                above.everywhere().filter(HostPattern::isWildcard).toList();
        return below.everywhere().allMatch(host -> wildcards.stream().anyMatch(wildcard -> wildcard.covers(host)));
    }
}
