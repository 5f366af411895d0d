package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.PolicyTarget;
import java.util.List;
import java.util.stream.Stream;

/** What is asked of a listener or of a way upstream that cannot do it. */
final class EnforcementChecks {
    private final Checked checked;
    private final Report report;

    EnforcementChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        checked.touched(checked.state().gateways(), Kind.EGRESS_GATEWAY).forEach(this::gateway);
        checked.destinations().forEach(this::destination);
        checked.touched(checked.state().securityPolicies(), Kind.SECURITY_POLICY)
                .forEach(this::tokens);
    }

    private void gateway(Resource<EgressGateway> gateway) {
        if (!gateway.spec().conduct().upstreamProxy().isEmpty()) {
            report.warning(
                    gateway,
                    "/spec/upstreamProxy",
                    "GuardBehindProxy",
                    "the upstream proxy resolves names itself, so addressPolicy and addressGuard hold for static endpoints alone: have the proxy refuse private addresses");
        }
        List<Listener> listeners = gateway.spec().listeners();
        for (int index = 0; index < listeners.size(); index++) {
            leadsSomewhere(gateway, listeners.get(index), "/spec/listeners/%d/destinationRef".formatted(index));
        }
    }

    private void leadsSomewhere(Resource<EgressGateway> gateway, Listener listener, String pointer) {
        for (ResourceName name : listener.destination()) {
            checked.state().destination(name).ifPresent(destination -> {
                if (!new Admission(checked.state(), gateway).admits(destination.namespace())) {
                    report.error(
                            gateway,
                            pointer,
                            "DestinationNotKnown",
                            "the gateway does not admit namespace %s, so listener '%s' cannot lead to %s: widen allowedNamespaces, or name another destination"
                                    .formatted(destination.namespace(), listener.name(), name));
                }
                if (!hasPlaceWithoutHost(destination.spec(), listener)) {
                    report.error(
                            gateway,
                            pointer,
                            "NowhereToLead",
                            "listener '%s' learns no host, and %s has neither endpoints nor one exact host: list endpoints, or name another destination"
                                    .formatted(listener.name(), name));
                }
            });
        }
    }

    private static boolean hasPlaceWithoutHost(Destination destination, Listener listener) {
        return switch (destination.resolution()) {
            case STATIC -> true;
            case ORIGINAL -> listener.acceptsProxyProtocol();
            case DNS, DYNAMIC ->
                !destination.endpoints().isEmpty()
                        || (destination.hosts().size() == 1
                                && !destination.hosts().getFirst().isWildcard());
        };
    }

    private void destination(Resource<Destination> destination) {
        if (checked.isTouched(destination)) {
            withoutEndpoints(destination);
            destination.spec().settings().healthCheck().forEach(check -> checkable(destination, check));
        }
        List<Resource<EgressGateway>> gateways =
                checked.gatewaysAdmitting(destination.namespace()).toList();
        if (checked.isTouched(destination) && !destination.spec().addresses().isEmpty()) {
            learned(destination, gateways);
        }
        if (!destination.spec().settings().addressGuard().isEmpty()) {
            gateways.stream()
                    .filter(gateway -> !gateway.spec().conduct().upstreamProxy().isEmpty())
                    .forEach(gateway -> report.warning(
                            destination,
                            "/spec/addressGuard",
                            "GuardBehindProxy",
                            "gateway %s leaves through an upstream proxy, which resolves names itself, so the guard of %s cannot hold there"
                                    .formatted(gateway.name(), destination.key())));
        }
    }

    private void withoutEndpoints(Resource<Destination> destination) {
        Destination spec = destination.spec();
        if (spec.resolution() != Resolution.DYNAMIC && spec.resolution() != Resolution.ORIGINAL) {
            return;
        }
        if (!spec.settings().healthCheck().isEmpty()) {
            cannotEnforce(destination, "/spec/healthCheck", "there are no endpoints to check");
        }
        if (!spec.subsets().isEmpty()) {
            cannotEnforce(destination, "/spec/subsets", "there are no endpoints to choose from");
        }
        if (!spec.settings().loadBalancer().localities().isEmpty()) {
            cannotEnforce(destination, "/spec/loadBalancer/localities", "there are no endpoints to fail over to");
        }
    }

    private void checkable(Resource<Destination> destination, HealthCheck check) {
        if (destination.spec().resolution() == Resolution.DNS) {
            report.error(
                    destination,
                    "/spec/healthCheck",
                    "CannotEnforce",
                    "under resolution DNS a check would connect to whatever a name resolves to, past every guard: use outlierDetection, or resolution Static");
        }
        if (destination.spec().ports().stream().noneMatch(port -> check.kind().suits(port.protocol()))) {
            report.error(
                    destination,
                    "/spec/healthCheck",
                    "CannotEnforce",
                    "no port speaks what a check of kind %s asks by: use another kind, or a port that does"
                            .formatted(check.kind()));
        }
    }

    private void cannotEnforce(Resource<Destination> destination, String pointer, String why) {
        report.error(
                destination,
                pointer,
                "CannotEnforce",
                "under resolution Dynamic or Original %s: leave it out, or use resolution DNS or Static"
                        .formatted(why));
    }

    private void learned(Resource<Destination> destination, List<Resource<EgressGateway>> gateways) {
        boolean anyLearns = gateways.stream()
                .flatMap(gateway -> gateway.spec().listeners().stream())
                .anyMatch(ListenerHosts::learnsAddresses);
        if (!gateways.isEmpty() && !anyLearns) {
            report.warning(
                    destination,
                    "/spec/addresses",
                    "AddressesNotLearned",
                    "no gateway that knows %s has a listener that learns the address that is asked for: add one of protocol CONNECT, or one of TCP with acceptProxyProtocol"
                            .formatted(destination.key()));
        }
    }

    private void tokens(Resource<SecurityPolicy> policy) {
        if (policy.spec().jwt().isEmpty()) {
            return;
        }
        List<PolicyTarget> targets = policy.spec().targets();
        for (int index = 0; index < targets.size(); index++) {
            PolicyTarget target = targets.get(index);
            String pointer = "/spec/targetRefs/" + index;
            blindListeners(policy, target).forEach(listener -> blind(policy, target, pointer, listener));
        }
    }

    private Stream<Listener> blindListeners(Resource<SecurityPolicy> policy, PolicyTarget target) {
        return checked.state().gateways().stream()
                .filter(gateway -> gateway.namespace().equals(policy.namespace()))
                .flatMap(gateway -> gateway.spec().listeners().stream()
                        .filter(listener -> target.includes(gateway.name().name(), listener.name())))
                .filter(listener -> !listener.protocol().isHttp());
    }

    private void blind(Resource<SecurityPolicy> policy, PolicyTarget target, String pointer, Listener listener) {
        if (target.sectionName().isEmpty()) {
            report.warning(
                    policy,
                    pointer,
                    "TokensNotSeen",
                    "listener '%s' passes %s through unread and sees no token: there, sources are who their addresses say"
                            .formatted(listener.name(), listener.protocol()));
            return;
        }
        report.error(
                policy,
                pointer + "/sectionName",
                "ListenerCannotEnforce",
                "listener '%s' passes %s through unread and sees no token: attach the policy to a listener of protocol HTTP, HTTPS or CONNECT"
                        .formatted(listener.name(), listener.protocol()));
    }
}
