package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.BackendTarget;
import io.sallyport.domain.snapshot.RouteTarget;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds where targets of routes are, seen from one port of one host at one listener. */
final class RouteTargets {
    private final Admission admission;
    private final UpstreamTable upstreams;
    private final ListenerCompilation listener;
    private final HostPattern host;
    private final Resource<Destination> owner;
    private final DestinationPort asked;

    RouteTargets(
            Admission admission,
            UpstreamTable upstreams,
            ListenerCompilation listener,
            HostPattern host,
            DestinationPort asked) {
        this.admission = admission;
        this.upstreams = upstreams;
        this.listener = listener;
        this.host = host;
        this.owner = listener.hosts().owner(host);
        this.asked = asked;
    }

    /**
     * Where a target is.
     *
     * @param namespace of the route, which must be one that may use the destination
     * @param rewritten the host that a request gets; at most one
     */
    Led find(Name namespace, BackendTarget target, int weight, List<HostPattern> rewritten) {
        return find(namespace, target, weight, rewritten, Sent.AS_ASKED);
    }

    /** Where copies of requests go to a target: they ask for nothing themselves. */
    Led findForCopies(Name namespace, BackendTarget target, List<HostPattern> rewritten) {
        return find(namespace, target, 1, rewritten, Sent.AS_A_COPY);
    }

    private Led find(Name namespace, BackendTarget target, int weight, List<HostPattern> rewritten, Sent sent) {
        Optional<Resource<Destination>> destination = admission.destination(target.destination());
        if (destination.isEmpty()) {
            return new Led.Nowhere(
                    "gateway %s does not know destination %s: widen its allowedNamespaces, or leave it out"
                            .formatted(admission.gateway().name(), target.destination()));
        }
        if (!destination.get().spec().isVisibleTo(destination.get().namespace(), namespace)) {
            return new Led.Nowhere(
                    "destination %s is not visible to namespace %s".formatted(target.destination(), namespace));
        }
        Optional<DestinationPort> port = port(destination.get(), target);
        if (port.isEmpty()) {
            return new Led.Nowhere("destination %s has no such port that listener '%s' can speak: name another port"
                    .formatted(target.destination(), listener.listener().name()));
        }
        for (Name subset : target.subset()) {
            if (destination.get().spec().subsets().stream()
                    .noneMatch(one -> one.name().equals(subset))) {
                return new Led.Nowhere("destination %s has no subset '%s'".formatted(target.destination(), subset));
            }
        }
        return find(destination.get(), port.get(), target.subset(), weight, rewritten, sent);
    }

    /** The owner of the host, at the port that is asked for. */
    Led findOwner(List<HostPattern> rewritten) {
        return find(owner, asked, List.of(), 1, rewritten, Sent.AS_ASKED);
    }

    private Led find(
            Resource<Destination> destination,
            DestinationPort port,
            List<Name> subset,
            int weight,
            List<HostPattern> rewritten,
            Sent sent) {
        List<HostPattern> named = rewritten.isEmpty() ? List.of(host) : rewritten;
        boolean ownsSent = owns(destination, named.getFirst());
        List<HostPattern> hosts = ownsSent ? named : served(destination);
        if (hosts.isEmpty()) {
            return new Led.Nowhere(
                    "listener '%s' serves no host of destination %s: widen its hostnames, or leave it out"
                            .formatted(listener.listener().name(), destination.name()));
        }
        List<HostPattern> exact = firstExact(hosts);
        boolean isAsked = sent == Sent.AS_ASKED && destination.name().equals(owner.name()) && rewritten.isEmpty();
        Optional<String> upstream =
                isAsked ? upstreams.leading(listener, host, port) : upstreams.leadingTo(destination, port, exact);
        if (upstream.isEmpty()) {
            return new Led.Nowhere(
                    "destination %s has no address of its own to connect to: give it endpoints or an exact host, or rewrite the hostname (URLRewrite)"
                            .formatted(destination.name()));
        }
        boolean isOverTls = listener.listener().protocol().isHttp() && upstreams.isOverTls(upstream.get());
        if (isOverTls && !ownsSent && exact.isEmpty()) {
            return new Led.Nowhere(
                    "destination %s has no exact host to expect a certificate for: rewrite the hostname (URLRewrite)"
                            .formatted(destination.name()));
        }
        List<HostPattern> serverName = isOverTls && !ownsSent ? exact : List.of();
        return new Led.To(new RouteTarget(upstream.get(), subset, weight, serverName), destination, port, hosts);
    }

    private boolean owns(Resource<Destination> destination, HostPattern sent) {
        if (sent.equals(host)) {
            return destination.name().equals(owner.name());
        }
        return listener.listener().serves(sent)
                && listener.hosts()
                        .known()
                        .owner(sent)
                        .filter(known -> known.name().equals(destination.name()))
                        .isPresent();
    }

    private List<HostPattern> served(Resource<Destination> destination) {
        return admission.hosts(destination).stream()
                .filter(listener.listener()::serves)
                .toList();
    }

    private static List<HostPattern> firstExact(List<HostPattern> hosts) {
        return hosts.stream().filter(host -> !host.isWildcard()).limit(1).toList();
    }

    private Optional<DestinationPort> port(Resource<Destination> destination, BackendTarget target) {
        List<DestinationPort> spoken = destination.spec().ports().stream()
                .filter(port -> canSpeak(listener.listener(), port))
                .toList();
        if (!target.port().isEmpty()) {
            return at(spoken, target.port().getFirst()).findFirst();
        }
        return at(spoken, asked.number()).findFirst().or(() -> spoken.stream().findFirst());
    }

    private static Stream<DestinationPort> at(List<DestinationPort> ports, PortNumber number) {
        return ports.stream().filter(port -> port.number().equals(number));
    }

    /** Whether what comes to a listener, and routes can lead, can go to such a port. */
    static boolean canSpeak(Listener listener, DestinationPort port) {
        return switch (listener.protocol()) {
            case HTTP, HTTPS, CONNECT -> port.protocol().isReachableByHttp();
            case TLS -> port.protocol().isReachableBySni();
            case TCP -> true;
        };
    }

    /** What is to be sent: a request that asks for a host, or a copy of one. */
    private enum Sent {
        AS_ASKED,
        AS_A_COPY
    }
}
