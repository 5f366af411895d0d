package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Resource;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.rule.Target;
import io.sallyport.domain.rule.Validity;
import java.util.List;

/** A rule leads where it may, and to ports that are there. */
final class RuleTargetChecks {
    private final Checked checked;
    private final Report report;

    RuleTargetChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        for (Resource<EgressRule> rule : checked.rules()) {
            over(rule);
            for (int index = 0; index < rule.spec().to().size(); index++) {
                Target target = rule.spec().to().get(index);
                String pointer = "/spec/to/" + index;
                selects(rule, target, pointer);
                target.destination().stream()
                        .flatMap(name -> checked.state().destination(name).stream())
                        .forEach(destination -> {
                            visible(rule, destination, pointer);
                            ports(rule, target, destination, pointer);
                        });
            }
        }
    }

    private void selects(Resource<EgressRule> rule, Target target, String pointer) {
        if (!checked.isTouched(rule)) {
            return;
        }
        target.selector().stream()
                .filter(selector -> checked.state().destinations().stream()
                        .filter(one -> one.spec().isVisibleTo(one.namespace(), rule.namespace()))
                        .noneMatch(one -> selector.matches(one.metadata().labels())))
                .forEach(selector -> report.warning(
                        rule,
                        pointer + "/destinationSelector",
                        "SelectsNothing",
                        "no destination that namespace %s may use has such labels at the moment"
                                .formatted(rule.namespace())));
    }

    private void over(Resource<EgressRule> rule) {
        Validity validity = rule.spec().validity();
        if (checked.isTouched(rule) && !checked.now().isBefore(validity.expiresAt())) {
            report.warning(
                    rule,
                    "/spec/validity/expiresAt",
                    "RuleExpired",
                    "the rule ended at %s and decides nothing: give it a later end, or delete it"
                            .formatted(validity.expiresAt()));
        }
    }

    private void visible(Resource<EgressRule> rule, Resource<Destination> destination, String pointer) {
        boolean mayUse = destination.spec().isVisibleTo(destination.namespace(), rule.namespace());
        if (rule.spec().action() == Action.ALLOW && !mayUse) {
            report.add(
                    checked.refusedOrCut(rule),
                    rule,
                    pointer + "/destinationRef",
                    "NotVisible",
                    "destination %s is not visible to namespace %s, so %s cannot allow it: have the namespace added to its visibility"
                            .formatted(destination.name(), rule.namespace(), rule.key()));
        }
        boolean known = checked.state()
                .gateway(rule.spec().gateway())
                .map(gateway -> new Admission(checked.state(), gateway).admits(destination.namespace()))
                .orElse(true);
        if (!known) {
            report.add(
                    checked.refusedOrCut(rule),
                    rule,
                    pointer + "/destinationRef",
                    "DestinationNotKnown",
                    "gateway %s does not admit namespace %s and so does not know destination %s: widen its allowedNamespaces, or name another destination"
                            .formatted(rule.spec().gateway(), destination.namespace(), destination.name()));
        }
    }

    private void ports(Resource<EgressRule> rule, Target target, Resource<Destination> destination, String pointer) {
        for (PortNumber number : target.ports()) {
            List<DestinationPort> ports = destination.spec().ports().stream()
                    .filter(port -> port.number().equals(number))
                    .toList();
            if (ports.isEmpty() && !isPortOfHostBelow(destination, number)) {
                report.add(
                        checked.refusedOrCut(rule),
                        rule,
                        pointer + "/ports",
                        "PortNotFound",
                        "destination %s has no port %s: name one of its ports, or leave ports out for all"
                                .formatted(destination.name(), number));
            }
            if (checked.isTouched(rule)) {
                ports.forEach(port -> reachable(rule, destination, port, pointer));
            }
        }
    }

    // A rule on a wildcard names the ports of whoever owns the hosts below it.
    private boolean isPortOfHostBelow(Resource<Destination> wildcard, PortNumber number) {
        List<HostPattern> above =
                wildcard.spec().hosts().stream().filter(HostPattern::isWildcard).toList();
        return !above.isEmpty()
                && checked.state().destinations().stream()
                        .filter(one -> one.spec().ports().stream()
                                .anyMatch(port -> port.number().equals(number)))
                        .flatMap(one -> one.spec().hosts().stream())
                        .anyMatch(host -> above.stream().anyMatch(pattern -> pattern.covers(host)));
    }

    private void reachable(
            Resource<EgressRule> rule, Resource<Destination> destination, DestinationPort port, String pointer) {
        checked.state()
                .gateway(rule.spec().gateway())
                .filter(gateway -> listeners(rule, gateway).stream().noneMatch(listener -> speaks(listener, port)))
                .ifPresent(gateway -> report.warning(
                        rule,
                        pointer + "/ports",
                        "PortUnreachable",
                        "no listener of gateway %s that the rule is for speaks %s, so port %s of %s is never reached: add such a listener"
                                .formatted(gateway.name(), port.protocol(), port.number(), destination.name())));
    }

    private static List<Listener> listeners(Resource<EgressRule> rule, Resource<EgressGateway> gateway) {
        return gateway.spec().listeners().stream()
                .filter(listener -> rule.spec().appliesTo(listener.name()))
                .toList();
    }

    private static boolean speaks(Listener listener, DestinationPort port) {
        return switch (listener.protocol()) {
            case TCP -> true;
            case HTTP, HTTPS, CONNECT -> port.protocol().isReachableByHttp();
            case TLS -> port.protocol().isReachableBySni();
        };
    }
}
