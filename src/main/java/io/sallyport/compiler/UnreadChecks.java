package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.gateway.Listener;
import java.util.List;

/** What is asked for endpoints of connections that pass through unread: it has to be seen without reading them. */
final class UnreadChecks {
    private final Checked checked;
    private final Report report;

    UnreadChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        for (Resource<Destination> destination : checked.destinations()) {
            if (checked.isTouched(destination)) {
                destination.spec().settings().healthCheck().forEach(check -> portsOf(destination, check));
            }
            checked.gatewaysAdmitting(destination.namespace())
                    .filter(gateway ->
                            gateway.spec().listeners().stream().anyMatch(listener -> isUnread(listener, destination)))
                    .forEach(gateway -> endpoints(destination, gateway));
        }
    }

    private static boolean isUnread(Listener listener, Resource<Destination> destination) {
        return switch (listener.protocol()) {
            case TLS, CONNECT ->
                destination.spec().ports().stream()
                        .anyMatch(port -> port.protocol().isReachableBySni());
            case TCP -> listener.destination().contains(destination.name());
            case HTTP, HTTPS -> false;
        };
    }

    private void endpoints(Resource<Destination> destination, Resource<EgressGateway> gateway) {
        if (destination.spec().endpoints().size() < 2) {
            return;
        }
        UpstreamSettings settings = destination.spec().settings();
        boolean failsOver = !settings.loadBalancer().localities().isEmpty();
        if (destination.spec().resolution() == Resolution.DNS) {
            if (failsOver) {
                chosenByWeight(destination, "/spec/loadBalancer/localities", gateway);
            }
            if (settings.loadBalancer().policy().isHash()) {
                chosenByWeight(destination, "/spec/loadBalancer/policy", gateway);
            }
        } else if (failsOver
                && settings.healthCheck().isEmpty()
                && settings.outlierDetection().isEmpty()) {
            failoverBlind(destination, gateway);
        }
    }

    // Led to one of the names for each connection, by weight and nothing else.
    private void chosenByWeight(Resource<Destination> destination, String field, Resource<EgressGateway> gateway) {
        report.error(
                destination,
                field,
                "OneNameOverTls",
                "what passes through unread, as on a TLS, TCP or CONNECT listener of gateway %s, is led to one of several resolved names by weight alone: leave it out, or use resolution Static"
                        .formatted(gateway.name()));
    }

    // A request that could not be sent is sent again elsewhere; a connection is not.
    private void failoverBlind(Resource<Destination> destination, Resource<EgressGateway> gateway) {
        report.warning(
                destination,
                "/spec/loadBalancer/localities",
                "FailoverUnseen",
                "on listeners of gateway %s that pass connections through unread nothing tells that an endpoint is unwell, so none fails over: add healthCheck or outlierDetection"
                        .formatted(gateway.name()));
    }

    private void portsOf(Resource<Destination> destination, HealthCheck check) {
        List<DestinationPort> ports = destination.spec().ports();
        boolean anySuits = ports.stream().anyMatch(port -> check.kind().suits(port.protocol()));
        for (int index = 0; anySuits && index < ports.size(); index++) {
            DestinationPort port = ports.get(index);
            if (!check.kind().suits(port.protocol())) {
                report.warning(
                        destination,
                        "/spec/ports/%d/protocol".formatted(index),
                        "PortNotChecked",
                        "a check of kind %s cannot be asked at port %s, which speaks %s: its endpoints count as well there; use kind TCP to check them all"
                                .formatted(check.kind(), port.number(), port.protocol()));
            }
        }
    }
}
