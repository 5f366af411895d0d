package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Resource;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.security.CipherSuites;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsOrigination.Mode;
import io.sallyport.domain.security.TlsOrigination.Unverified;
import java.time.Duration;
import java.util.List;

/** What a policy's TLS comes to at its destinations, and what of it is less safe than without. */
final class OriginationChecks {
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Checked checked;
    private final Report report;

    OriginationChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        for (Resource<SecurityPolicy> policy : checked.state().securityPolicies()) {
            for (TlsOrigination tls : policy.spec().tls()) {
                List<Resource<Destination>> destinations = DestinationPolicies.destinations(policy)
                        .flatMap(name -> checked.state().destination(name).stream())
                        .filter(destination -> checked.isTouched(policy) || checked.isTouched(destination))
                        .toList();
                destinations.forEach(destination -> at(policy, tls, destination));
                if (checked.isTouched(policy)) {
                    itself(policy, tls);
                }
            }
        }
    }

    private void itself(Resource<SecurityPolicy> policy, TlsOrigination tls) {
        tls.unverified().forEach(exception -> exception(policy, exception));
        for (int index = 0; index < tls.cipherSuites().size(); index++) {
            if (CipherSuites.WEAK.contains(tls.cipherSuites().get(index))) {
                insecure(
                        policy,
                        "/cipherSuites/" + index,
                        "%s does not keep secret what was once recorded, or is not authenticated encryption: use another where the destination can"
                                .formatted(tls.cipherSuites().get(index)));
            }
        }
    }

    private void exception(Resource<SecurityPolicy> policy, Unverified exception) {
        String until = "/spec/tls/insecureSkipVerify/until";
        if (exception.over()) {
            report.warning(
                    policy,
                    "/spec/tls/insecureSkipVerify",
                    "ExceptionOver",
                    "this ended at %s, and certificates are verified: take it out".formatted(exception.until()));
        } else if (exception.until().isAfter(checked.now().plus(LONGEST))) {
            report.error(
                    policy,
                    until,
                    "OutOfRange",
                    "an exception lasts at most %d days: use a time until %s"
                            .formatted(LONGEST.toDays(), checked.now().plus(LONGEST)));
        } else {
            insecure(
                    policy,
                    "/insecureSkipVerify",
                    "until %s whoever answers is believed to be the destination: %s"
                            .formatted(exception.until(), exception.reason()));
        }
    }

    private void at(Resource<SecurityPolicy> policy, TlsOrigination tls, Resource<Destination> destination) {
        List<DestinationPort> ports = destination.spec().ports();
        boolean hasTls = ports.stream().anyMatch(port -> port.protocol() == Protocol.HTTPS);
        switch (tls.mode()) {
            case DISABLE -> {
                if (hasTls) {
                    insecure(
                            policy,
                            "/mode",
                            "%s has ports of protocol HTTPS, which are spoken to in the clear for all to read"
                                    .formatted(destination.key()));
                }
            }
            case AS_PORT -> {
                if (!hasTls) {
                    report.warning(
                            policy,
                            "/spec/tls",
                            "NothingToOriginate",
                            "%s has no port of protocol HTTPS, so no TLS is spoken to it: give it one, or say mode Simple"
                                    .formatted(destination.key()));
                }
            }
            case SIMPLE, MUTUAL -> clearPorts(policy, tls.mode(), destination, hasTls);
        }
        protocols(policy, tls, destination);
    }

    private void clearPorts(
            Resource<SecurityPolicy> policy, Mode mode, Resource<Destination> destination, boolean hasTls) {
        boolean hasClear = destination.spec().ports().stream().anyMatch(port -> port.protocol() == Protocol.HTTP);
        if (hasTls && hasClear) {
            report.warning(
                    policy,
                    "/spec/tls/mode",
                    "TlsOnClearPort",
                    "in mode %s TLS is spoken to the port of protocol HTTP of %s too: leave the mode out if that port is to stay in the clear"
                            .formatted(mode == Mode.SIMPLE ? "Simple" : "Mutual", destination.key()));
        }
    }

    private void protocols(Resource<SecurityPolicy> policy, TlsOrigination tls, Resource<Destination> destination) {
        boolean isSecondAlone = destination.spec().ports().stream()
                .map(DestinationPort::protocol)
                .anyMatch(
                        protocol -> (protocol == Protocol.HTTP2 || protocol == Protocol.GRPC) && tls.covers(protocol));
        if (isSecondAlone && !tls.alpn().isEmpty() && !tls.alpn().contains("h2")) {
            report.error(
                    policy,
                    "/spec/tls/alpn",
                    "CannotEnforce",
                    "HTTP/2 is spoken to a port of %s, and 'alpn' does not offer h2: add it"
                            .formatted(destination.key()));
        }
    }

    private void insecure(Resource<SecurityPolicy> policy, String field, String message) {
        report.warning(policy, "/spec/tls" + field, "InsecureTls", message);
    }
}
