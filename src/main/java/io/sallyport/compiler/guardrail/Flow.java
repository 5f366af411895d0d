package io.sallyport.compiler.guardrail;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import java.time.Instant;
import java.util.Collection;

/**
 * One flow that may be tried.
 *
 * @param host that is asked for; what nobody says, as at a TCP listener, is a host of the destination's, maybe a pattern
 */
record Flow(
        ResourceName gateway,
        Listener listener,
        ResourceName destination,
        HostPattern host,
        PortNumber port,
        Peer peer,
        Approach approach,
        Instant time) {

    Place.Target target() {
        return new Place.Target(destination, port);
    }

    /** Whether it carries requests of that method, or may, for all that is known. */
    boolean mayCarry(String method) {
        return !(approach instanceof Approach.HttpRequest request)
                || request.method().equals(method);
    }

    /** Whether it is read, and of one of these methods. */
    boolean carriesOneOf(Collection<String> methods) {
        return approach instanceof Approach.HttpRequest request && methods.contains(request.method());
    }

    /** In words, as a person would try it. */
    @Override
    public String toString() {
        return "%s %s:%s by %s at listener '%s' of gateway %s"
                .formatted(verb(), host, port, who(), listener.name(), gateway);
    }

    private String verb() {
        return switch (approach) {
            case Approach.HttpRequest request -> request.method();
            case Approach.Tunnel tunnel -> "CONNECT";
            case Approach.ClientHello hello -> "TLS to";
            case Approach.Connection connection -> "TCP to";
        };
    }

    private String who() {
        return peer.certificate().stream()
                .map(Flow::named)
                .findFirst()
                .or(() -> peer.token().stream().map(Flow::named).findFirst())
                .map(name -> name + " from " + peer.address())
                .orElseGet(() -> peer.address().value());
    }

    private static String named(Peer.Certificate certificate) {
        return switch (certificate) {
            case Peer.Certificate.Proven proven -> String.join(", ", proven.uriSans());
            case Peer.Certificate.Unproven unproven -> "a certificate that does not verify";
        };
    }

    private static String named(Peer.Token token) {
        return switch (token) {
            case Peer.Token.Proven proven -> proven.identity().principal();
            case Peer.Token.Unproven unproven -> "a token that does not verify";
        };
    }
}
