package io.sallyport.compiler;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.workload.Scopes;
import java.util.List;
import java.util.Set;

/** No two listeners of the same proxies share a name or a port, and agents are those that the namespace may have. */
final class GatewayChecks {
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");

    private final Checked checked;
    private final Report report;

    GatewayChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        for (Resource<EgressGateway> gateway : checked.touched(checked.state().gateways(), Kind.EGRESS_GATEWAY)) {
            agents(gateway);
            List<Listener> listeners = gateway.spec().listeners();
            for (int index = 0; index < listeners.size(); index++) {
                against(gateway, index, listeners.subList(0, index));
                againstOthers(gateway, index);
            }
        }
    }

    private void agents(Resource<EgressGateway> gateway) {
        Scopes scopes = Scoping.of(checked.state(), gateway.namespace());
        List<AgentPrincipal> identities = gateway.spec().agentSelector().identities();
        for (int index = 0; index < identities.size(); index++) {
            if (!scopes.includeAgent(identities.get(index))) {
                report.error(
                        gateway,
                        "/spec/agentSelector/identities/" + index,
                        "OutsideScopes",
                        "agent %s is outside the scopes of namespace %s: name another, or have the scopes widened"
                                .formatted(identities.get(index), gateway.namespace()));
            }
        }
    }

    private void against(Resource<EgressGateway> gateway, int index, List<Listener> earlier) {
        Listener listener = gateway.spec().listeners().get(index);
        for (Listener other : earlier) {
            if (other.name().equals(listener.name())) {
                report.error(
                        gateway,
                        "/spec/listeners/%d/name".formatted(index),
                        "Duplicate",
                        "there are two listeners '%s': give each a name of its own".formatted(listener.name()));
            }
            if (collide(listener, other)) {
                report.error(
                        gateway,
                        "/spec/listeners/%d/port".formatted(index),
                        "PortConflict",
                        "listeners '%s' and '%s' share port %s: give each an address and port of its own"
                                .formatted(other.name(), listener.name(), listener.port()));
            }
        }
    }

    private void againstOthers(Resource<EgressGateway> gateway, int index) {
        Listener listener = gateway.spec().listeners().get(index);
        for (Resource<EgressGateway> other : checked.state().gateways()) {
            if (other.name().equals(gateway.name()) || !sharesAgents(gateway, other)) {
                continue;
            }
            for (Listener taken : other.spec().listeners()) {
                if (collide(listener, taken)) {
                    report.error(
                            gateway,
                            "/spec/listeners/%d/port".formatted(index),
                            "PortConflict",
                            "port %s is taken by listener '%s' of gateway %s, whose agents may be the same: use another port, or other agents"
                                    .formatted(listener.port(), taken.name(), other.name()));
                }
            }
        }
    }

    private static boolean sharesAgents(Resource<EgressGateway> one, Resource<EgressGateway> other) {
        return one.spec().agentSelector().identities().stream()
                .anyMatch(other.spec().agentSelector()::admits);
    }

    private static boolean collide(Listener one, Listener other) {
        return one.port().equals(other.port())
                && (one.address().equals(other.address()) || isEveryAddress(one) || isEveryAddress(other));
    }

    private static boolean isEveryAddress(Listener listener) {
        return EVERY_ADDRESS.contains(listener.address().value());
    }
}
