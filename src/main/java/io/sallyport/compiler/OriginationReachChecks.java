package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsOrigination.Mode;
import java.util.stream.Collectors;

/** Where a policy's TLS does not hold: what passes through unread is encrypted, or not, by its source. */
final class OriginationReachChecks {
    private final Checked checked;
    private final Report report;

    OriginationReachChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        for (Resource<SecurityPolicy> policy : checked.state().securityPolicies()) {
            if (policy.spec().tls().stream().map(TlsOrigination::mode).anyMatch(mode -> mode != Mode.DISABLE)) {
                DestinationPolicies.destinations(policy)
                        .flatMap(name -> checked.state().destination(name).stream())
                        .filter(destination -> checked.isTouched(policy) || checked.isTouched(destination))
                        .forEach(destination -> at(policy, destination));
            }
        }
    }

    private void at(Resource<SecurityPolicy> policy, Resource<Destination> destination) {
        checked.gatewaysAdmitting(destination.namespace()).forEach(gateway -> at(policy, destination, gateway));
    }

    private void at(
            Resource<SecurityPolicy> policy, Resource<Destination> destination, Resource<EgressGateway> gateway) {
        String unread = gateway.spec().listeners().stream()
                .filter(listener -> passesUnread(listener, destination))
                .map(listener -> listener.name().value())
                .collect(Collectors.joining(", "));
        if (!unread.isEmpty()) {
            report.warning(
                    policy,
                    "/spec/tls",
                    "PolicyUnenforceable",
                    "at gateway %s, what comes for %s passes through %s unread (at a CONNECT listener, in tunnels): its source speaks TLS or not, as it likes, and nothing of this section holds there"
                            .formatted(gateway.name(), destination.key(), unread));
        }
    }

    private static boolean passesUnread(Listener listener, Resource<Destination> destination) {
        return switch (listener.protocol()) {
            case HTTP, HTTPS -> false;
            case CONNECT -> true;
            case TLS ->
                destination.spec().ports().stream()
                        .anyMatch(port -> port.protocol().isReachableBySni());
            case TCP -> listener.destination().contains(destination.name());
        };
    }
}
