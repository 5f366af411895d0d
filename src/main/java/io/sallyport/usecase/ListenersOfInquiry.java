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
            violations.add(unread(able.getFirst()));
        }
        return able;
    }

    private String why() {
        return inquiry.listener().isEmpty()
                ? "No listener of %s can take this.".formatted(inquiry.gateway())
                : "%s has no listener '%s'."
                        .formatted(inquiry.gateway(), inquiry.listener().getFirst());
    }

    private Violation unread(Listener listener) {
        return request().tunnel().isEmpty()
                ? new Violation(
                        "/http",
                        "Contradiction",
                        "A listener of %s reads no HTTP; leave http out.".formatted(listener.protocol()))
                : new Violation(
                        "/tunnel",
                        "Contradiction",
                        "A listener of %s opens no tunnels; leave tunnel out.".formatted(listener.protocol()));
    }

    private boolean reads(Listener listener) {
        return (request().http().isEmpty() || listener.protocol().isHttp())
                && (request().tunnel().isEmpty() || listener.protocol() == Protocol.CONNECT);
    }

    private Inquiry.Request request() {
        return inquiry.request();
    }

    // A TCP listener takes all that comes to one destination, so it is meant only where that is asked for.
    private boolean canTake(Listener listener) {
        return reads(listener) && (listener.protocol() != Protocol.TCP || leadsToHost(listener));
    }

    private boolean leadsToHost(Listener listener) {
        String host = HostPattern.canonical(request().host());
        return listener.destination().stream()
                .flatMap(name -> state.destination(name).stream())
                .flatMap(destination -> destination.spec().hosts().stream())
                .anyMatch(pattern -> pattern.value().equals(host)
                        || (pattern.isSuffix() && host.endsWith(pattern.value().substring(1)))
                        || pattern.isEverything());
    }

    static Question question(Listener listener, Inquiry inquiry, Peer peer, Instant time) {
        return new Question(listener.name(), peer, approach(listener, inquiry.request()), time, inquiry.lookup());
    }

    private static Approach approach(Listener listener, Inquiry.Request request) {
        return switch (listener.protocol()) {
            case HTTP, HTTPS -> http(request);
            case CONNECT -> request.http().isEmpty() ? tunnel(request) : http(request);
            case TLS -> new Approach.ClientHello(request.host().isEmpty() ? List.of() : List.of(request.host()));
            case TCP ->
                new Approach.Connection(
                        IpAddress.isValid(request.host()) ? List.of(new IpAddress(request.host())) : List.of());
        };
    }

    private static Approach http(Inquiry.Request request) {
        Inquiry.Http http = request.http().stream().findFirst().orElse(Inquiry.Http.PLAIN);
        return new Approach.HttpRequest(
                request.authority(), http.method(), http.path(), http.serverName(), http.headers());
    }

    private static Approach tunnel(Inquiry.Request request) {
        return new Approach.Tunnel(
                request.authority(), request.tunnel().stream().findFirst().orElseGet(Approach.Inside.Suitable::new));
    }
}
