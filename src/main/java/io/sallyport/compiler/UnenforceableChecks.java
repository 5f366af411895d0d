package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.PolicyTarget;
import io.sallyport.domain.snapshot.Enforceability;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells who writes a policy, or a rule that allows, where nothing is allowed since policies cannot be enforced there. */
final class UnenforceableChecks {
    private static final String REASON = "PolicyUnenforceable";
    private static final String REMEDY =
            "lead that traffic through a listener that can see what is asked, or do not ask it there";

    private final Checked checked;
    private final Report report;
    private final Map<ResourceName, PolicyTable> tables = new HashMap<>();

    UnenforceableChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        checked.touched(checked.state().securityPolicies(), Kind.SECURITY_POLICY).stream()
                .filter(policy -> !policy.spec().traffic().asksNothing())
                .forEach(this::policy);
        if (!checked.state().securityPolicies().isEmpty()) {
            checked.touchedRules().stream()
                    .filter(rule -> rule.spec().action() == Action.ALLOW)
                    .forEach(this::rule);
        }
    }

    private void policy(Resource<SecurityPolicy> policy) {
        List<PolicyTarget> targets = policy.spec().targets();
        for (int index = 0; index < targets.size(); index++) {
            ResourceName name =
                    new ResourceName(policy.namespace(), targets.get(index).name());
            String pointer = "/spec/targetRefs/" + index;
            switch (targets.get(index).kind()) {
                case DESTINATION ->
                    checked.gatewaysAdmitting(policy.namespace())
                            .forEach(gateway -> warn(policy, pointer, closed(gateway, all(gateway), List.of(name))));
                case EGRESS_GATEWAY -> {
                    PolicyTarget target = targets.get(index);
                    checked.state()
                            .gateway(name)
                            .ifPresent(gateway -> warn(policy, pointer, closed(gateway, of(gateway, target))));
                }
            }
        }
    }

    private void rule(Resource<EgressRule> rule) {
        for (int index = 0; index < rule.spec().to().size(); index++) {
            List<ResourceName> named = rule.spec().to().get(index).destination();
            String pointer = "/spec/to/%d/destinationRef".formatted(index);
            checked.state().gateway(rule.spec().gateway()).ifPresent(gateway -> {
                List<Listener> meant = all(gateway).stream()
                        .filter(listener -> rule.spec().listeners().isEmpty()
                                || rule.spec().listeners().contains(listener.name()))
                        .toList();
                warn(rule, pointer, closed(gateway, meant, named));
            });
        }
    }

    private static List<Listener> all(Resource<EgressGateway> gateway) {
        return gateway.spec().listeners();
    }

    private static List<Listener> of(Resource<EgressGateway> gateway, PolicyTarget target) {
        return all(gateway).stream()
                .filter(listener -> target.includes(gateway.name().name(), listener.name()))
                .toList();
    }

    private void warn(Resource<?> writer, String pointer, List<String> closed) {
        if (!closed.isEmpty()) {
            report.warning(
                    writer,
                    pointer,
                    REASON,
                    "%s; what rules allow is refused there as sallyport/unenforceable: %s"
                            .formatted(String.join("; ", closed), REMEDY));
        }
    }

    private List<String> closed(
            Resource<EgressGateway> gateway, Collection<Listener> listeners, Collection<ResourceName> destinations) {
        return destinations.stream()
                .flatMap(name -> checked.state().destination(name).stream())
                .flatMap(destination -> listeners.stream()
                        .filter(listener -> leadsTo(listener, destination.name()))
                        .flatMap(listener -> closed(gateway, listener, destination)))
                .toList();
    }

    // A listener of TCP leads to one destination alone.
    private static boolean leadsTo(Listener listener, ResourceName destination) {
        return listener.destination().isEmpty() || listener.destination().contains(destination);
    }

    private Stream<String> closed(
            Resource<EgressGateway> gateway, Listener listener, Resource<Destination> destination) {
        List<DestinationPort> ports = GatewayCompilation.spoken(listener, destination);
        return Stream.of(Enforceability.NOWHERE, Enforceability.IN_REQUESTS)
                .flatMap(missing -> sentence(
                                gateway,
                                listener,
                                missing,
                                ports.stream()
                                        .filter(port ->
                                                table(gateway).enforceability(listener, destination.name(), port)
                                                        == missing)
                                        .toList())
                        .map(text -> text + " to " + destination.name()));
    }

    // What is asked of a gateway as a whole closes a listener to all destinations alike.
    private List<String> closed(Resource<EgressGateway> gateway, Collection<Listener> listeners) {
        return listeners.stream()
                .flatMap(listener -> Stream.of(DestinationPort.Protocol.HTTP, DestinationPort.Protocol.TLS)
                        .map(protocol -> table(gateway).enforceability(listener, protocol))
                        .filter(found -> found != Enforceability.WHOLLY)
                        .limit(1)
                        .flatMap(found -> sentence(gateway, listener, found)))
                .toList();
    }

    private static Stream<String> sentence(
            Resource<EgressGateway> gateway, Listener listener, Enforceability found, List<DestinationPort> ports) {
        String numbers = ports.stream().map(port -> port.number().toString()).collect(Collectors.joining(", "));
        return ports.isEmpty()
                ? Stream.empty()
                : sentence(gateway, listener, found).map(text -> text + " on ports " + numbers);
    }

    private static Stream<String> sentence(Resource<EgressGateway> gateway, Listener listener, Enforceability found) {
        String where = "listener '%s' (%s) of %s cannot enforce what policies ask "
                .formatted(listener.name(), listener.protocol(), gateway.name());
        return switch (found) {
            case WHOLLY -> Stream.empty();
            case IN_REQUESTS -> Stream.of(where + "of tunnels");
            case NOWHERE -> Stream.of(where + "of traffic");
        };
    }

    private PolicyTable table(Resource<EgressGateway> gateway) {
        return tables.computeIfAbsent(gateway.name(), ignored -> table(new Admission(checked.state(), gateway)));
    }

    // Who is meant makes no difference to what can be enforced.
    private static PolicyTable table(Admission admission) {
        return new PolicyTable(
                admission,
                new SourceTable(new SourceMeaning(DesiredState.EMPTY)),
                new PolicyServices(admission, new UpstreamTable(admission)));
    }
}
