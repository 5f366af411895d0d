package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.TrafficPolicy;
import java.util.List;
import java.util.Optional;

/** The services that policies have gateways ask are there, may be asked, and speak what they are asked in. */
final class PolicyServiceChecks {
    private final Checked checked;
    private final Report report;

    PolicyServiceChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        checked.state().securityPolicies().forEach(this::policy);
    }

    private void policy(Resource<SecurityPolicy> policy) {
        TrafficPolicy traffic = policy.spec().traffic();
        traffic.externalAuthorization()
                .forEach(asked -> service(new Asked(
                        policy,
                        "/spec/externalAuthorization",
                        asked.destination(),
                        asked.port(),
                        PolicyServices.isOverGrpc(asked),
                        asked.failOpen())));
        traffic.rateLimit().stream()
                .flatMap(limit -> limit.global().stream())
                .forEach(asked -> service(new Asked(
                        policy, "/spec/rateLimit/global", asked.destination(), asked.port(), true, asked.failOpen())));
    }

    private void service(Asked asked) {
        ResourceKey key = new ResourceKey(Kind.DESTINATION, asked.destination());
        if (!checked.isTouched(asked.policy()) && !checked.touched().contains(key)) {
            return;
        }
        checked.state()
                .destination(asked.destination())
                .ifPresentOrElse(
                        destination -> service(asked, destination),
                        () -> report.dangling(
                                asked.policy(),
                                checked.isTouched(asked.policy()),
                                asked.pointer() + "/destinationRef",
                                key));
        if (asked.failOpen() && checked.isTouched(asked.policy())) {
            report.warning(
                    asked.policy(),
                    asked.pointer() + "/failureMode",
                    "FailsOpen",
                    "where %s does not answer, requests pass without having been asked about: use Closed"
                            .formatted(key));
        }
    }

    private void service(Asked asked, Resource<Destination> destination) {
        if (!destination
                .spec()
                .isVisibleTo(destination.namespace(), asked.policy().namespace())) {
            say(
                    asked,
                    "destinationRef",
                    "NotVisible",
                    "%s is not visible to namespace %s: add it to its visibility, or name another"
                            .formatted(destination.key(), asked.policy().namespace()));
        }
        if (!PolicyServices.isJudged(destination, asked.overGrpc())) {
            say(asked, "destinationRef", "CannotEnforce", unjudged(asked, destination));
        }
        if (PolicyServices.host(destination).isEmpty()) {
            say(
                    asked,
                    "destinationRef",
                    "CannotEnforce",
                    "%s has no exact host by which it could be asked: give it one".formatted(destination.key()));
        }
        Optional<DestinationPort> port = PolicyServices.port(destination.spec(), asked.port());
        if (port.isEmpty()) {
            say(
                    asked,
                    "port",
                    "PortNotFound",
                    "%s has no such port, or none that speaks HTTP: name one of its ports"
                            .formatted(destination.key()));
        } else if (!suits(port.get().protocol(), asked.overGrpc())) {
            say(
                    asked,
                    "port",
                    "CannotEnforce",
                    "port %s of %s speaks %s, and is asked by %s: name a port of protocol %s"
                            .formatted(
                                    port.get().number(),
                                    destination.key(),
                                    port.get().protocol(),
                                    asked.overGrpc() ? "gRPC" : "HTTP",
                                    asked.overGrpc() ? "GRPC or HTTP2" : "HTTP, HTTPS or HTTP2"));
        }
    }

    private static String unjudged(Asked asked, Resource<Destination> destination) {
        return asked.overGrpc()
                ? "a service is found by one name, or at fixed addresses: have %s be of resolution Static, or of DNS with at most one endpoint"
                        .formatted(destination.key())
                : "a service that is asked over HTTP is shown the host of the request, so no name of its own can be resolved and judged for it: have %s be of resolution Static, or ask over gRPC"
                        .formatted(destination.key());
    }

    private static boolean suits(Protocol protocol, boolean overGrpc) {
        return overGrpc
                ? protocol == Protocol.GRPC || protocol == Protocol.HTTP2
                : protocol.isReachableByHttp() && protocol != Protocol.GRPC;
    }

    private void say(Asked asked, String field, String reason, String message) {
        String pointer = asked.pointer() + "/" + field;
        if (checked.isTouched(asked.policy())) {
            report.error(asked.policy(), pointer, reason, message);
        } else {
            report.warning(asked.policy(), pointer, reason, message);
        }
    }

    /** That a policy has a service asked. */
    private record Asked(
            Resource<SecurityPolicy> policy,
            String pointer,
            ResourceName destination,
            List<PortNumber> port,
            boolean overGrpc,
            boolean failOpen) {}
}
