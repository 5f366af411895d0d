package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Violation;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.Listener.Protocol;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import java.time.Instant;
import java.util.List;

/** Which listeners an inquiry is about, and how its source would come to each. */
record ListenersOfInquiry(DesiredState state, Inquiry inquiry, List<Violation> violations) {

    List<Listener> of(Resource<EgressGateway> gateway) {
        List<Listener> able = gateway.spec().listeners().stream()
                .filter(listener -> inquiry.listener().isEmpty()
                        ? canTake(listener)
                        : inquiry.listener().contains(listener.name()))
                .toList();
        if (able.isEmpty()) {
            violations.add(new Violation("/listener", "NotFound", why()));
        } else if (able.stream().noneMatch(this::reads)) {
            violations.add(new Violation(
                    "/http",
                    "Contradiction",
                    "A listener of %s reads no HTTP; leave http out."
                            .formatted(able.getFirst().protocol())));
        }
        return able;
    }

    private String why() {
        return inquiry.listener().isEmpty()
                ? "No listener of %s can take this.".formatted(inquiry.gateway())
                : "%s has no listener '%s'."
                        .formatted(inquiry.gateway(), inquiry.listener().getFirst());
    }

    private boolean reads(Listener listener) {
        return inquiry.http().isEmpty() || listener.protocol().isHttp();
    }

    // A TCP listener takes all that comes to one destination, so it is meant only where that is asked for.
    private boolean canTake(Listener listener) {
        return reads(listener) && (listener.protocol() != Protocol.TCP || leadsToHost(listener));
    }

    private boolean leadsToHost(Listener listener) {
        String host = HostPattern.canonical(inquiry.host());
        return listener.destination().stream()
                .flatMap(name -> state.destination(name).stream())
                .flatMap(destination -> destination.spec().hosts().stream())
                .anyMatch(pattern -> pattern.value().equals(host)
                        || (pattern.isSuffix() && host.endsWith(pattern.value().substring(1)))
                        || pattern.isEverything());
    }

    static Question question(Listener listener, Inquiry inquiry, Peer peer, Instant time) {
        return new Question(listener.name(), peer, approach(listener, inquiry), time);
    }

    private static Approach approach(Listener listener, Inquiry inquiry) {
        Inquiry.Http http = inquiry.http().stream().findFirst().orElse(new Inquiry.Http("GET", "/"));
        return switch (listener.protocol()) {
            case HTTP, HTTPS -> new Approach.HttpRequest(inquiry.authority(), http.method(), http.path());
            case CONNECT ->
                inquiry.http().isEmpty()
                        ? new Approach.Tunnel(inquiry.authority())
                        : new Approach.HttpRequest(inquiry.authority(), http.method(), http.path());
            case TLS -> new Approach.ClientHello(inquiry.host().isEmpty() ? List.of() : List.of(inquiry.host()));
            case TCP ->
                new Approach.Connection(
                        IpAddress.isValid(inquiry.host()) ? List.of(new IpAddress(inquiry.host())) : List.of());
        };
    }
}
