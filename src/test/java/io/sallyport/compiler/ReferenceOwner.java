package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.workload.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whose host it is that a request asks a listener for, and which of the owner's ports is meant. */
record ReferenceOwner(
        DesiredState state,
        Resource<EgressGateway> gateway,
        Listener listener,
        ReferenceHost asked,
        Predicate<Name> admitted) {

    /** A TCP listener leads to the destination that it names; elsewhere the most specific host owns the request. */
    Optional<Resource<Destination>> owner() {
        if (listener.protocol() == Listener.Protocol.TCP) {
            return state.destination(listener.destination().getFirst())
                    .filter(named -> admitted.test(named.namespace()))
                    .filter(named -> named.spec().resolution() != Resolution.ORIGINAL || isAskedFor(named));
        }
        Resource<Destination> owner = null;
        long best = Long.MAX_VALUE;
        for (Resource<Destination> destination : state.destinations()) {
            for (long rank : ranks(destination)) {
                if (rank < best) {
                    best = rank;
                    owner = destination;
                }
            }
        }
        return Optional.ofNullable(isServed() ? owner : null);
    }

    private boolean isAskedFor(Resource<Destination> named) {
        return listener.acceptsProxyProtocol()
                && !asked.host().isEmpty()
                && ranges(named).anyMatch(range -> range.contains(new IpAddress(asked.host())));
    }

    // The more specific, the lower: exact, then the longest prefix, then the longest suffix, then everything.
    private List<Long> ranks(Resource<Destination> destination) {
        if (!admitted.test(destination.namespace()) || asked.host().isEmpty()) {
            return List.of();
        }
        Stream<Long> byName = hosts(destination)
                .filter(host -> names(host, asked.host()))
                .map(host -> host.equals("*") ? 30_000L : host.startsWith("*.") ? 20_000L - host.length() : 0L);
        Stream<Long> byAddress = learnsAddresses() && IpAddress.isValid(asked.host())
                ? ranges(destination)
                        .filter(range -> range.contains(new IpAddress(asked.host())))
                        .map(range -> 10_000L - range.prefixLength())
                : Stream.of();
        return Stream.concat(byName, byAddress).toList();
    }

    private boolean learnsAddresses() {
        return listener.protocol() == Listener.Protocol.CONNECT
                || (listener.protocol() == Listener.Protocol.TCP && listener.acceptsProxyProtocol());
    }

    private boolean isServed() {
        return listener.hostnames().isEmpty()
                || listener.hostnames().stream().anyMatch(hostname -> names(hostname.value(), asked.host()));
    }

    private static boolean names(String pattern, String host) {
        return pattern.equals("*")
                || pattern.equals(host)
                || (pattern.startsWith("*.") && !IpAddress.isValid(host) && host.endsWith(pattern.substring(1)));
    }

    // What lies outside the scopes of its namespace is cut; addresses lie within nothing but all hosts.
    private Stream<String> hosts(Resource<Destination> destination) {
        Scopes scopes = scopes(destination);
        return destination.spec().hosts().stream()
                .filter(host ->
                        scopes.hosts().isEmpty() || scopes.hosts().stream().anyMatch(scope -> scope.covers(host)))
                .map(HostPattern::value);
    }

    private Stream<Cidr> ranges(Resource<Destination> destination) {
        Scopes scopes = scopes(destination);
        return scopes.hosts().isEmpty() || scopes.hosts().contains(HostPattern.EVERYTHING)
                ? destination.spec().addresses().stream()
                : Stream.of();
    }

    private Scopes scopes(Resource<Destination> destination) {
        return state.namespace(destination.namespace()).orElseThrow().spec().scopes();
    }

    /**
     * Whether what is asked for is below a wildcard of a destination, though another owns it. Where a TCP listener leads
     * to a destination, that is asked for by all of its hosts: a denial of any of them holds, an allowance of all.
     */
    boolean isUnder(Resource<Destination> owner, Resource<Destination> wildcard, Action action) {
        if (listener.protocol() != Listener.Protocol.TCP || owner.spec().resolution() == Resolution.ORIGINAL) {
            return isUnder(asked.host(), wildcard);
        }
        List<String> all = hosts(owner).distinct().toList();
        if (all.isEmpty()) {
            return hosts(wildcard).anyMatch("*"::equals);
        }
        return switch (action) {
            case DENY -> all.stream().anyMatch(host -> isUnder(host, wildcard));
            case ALLOW -> all.stream().allMatch(host -> isUnder(host, wildcard));
        };
    }

    private boolean isUnder(String host, Resource<Destination> wildcard) {
        return hosts(wildcard).filter(own -> own.startsWith("*")).anyMatch(own -> names(own, host))
                || (learnsAddresses()
                        && IpAddress.isValid(host)
                        && ranges(wildcard).anyMatch(range -> range.contains(new IpAddress(host))));
    }

    /** The port that is meant, if the owner lists it, the listener speaks it, and it leads anywhere. */
    Optional<DestinationPort> port(Resource<Destination> owner, Approach approach) {
        List<DestinationPort> ports = owner.spec().ports();
        Optional<DestinationPort> meant = switch (approach) {
            case Approach.HttpRequest request -> first(ports, port -> isHttp(port) && isNamed(port));
            case Approach.Tunnel tunnel ->
                asked.port().isEmpty() ? first(ports, ReferenceOwner::isHttp) : first(ports, this::isNamed);
            case Approach.ClientHello hello ->
                first(ports, port -> port.protocol() == Protocol.TLS || port.protocol() == Protocol.HTTPS);
            case Approach.Connection connection ->
                first(ports, port -> port.protocol() == Protocol.TCP).or(() -> first(ports, port -> true));
        };
        return meant.filter(port -> leadsAnywhere(owner));
    }

    private static Optional<DestinationPort> first(List<DestinationPort> ports, Predicate<DestinationPort> wanted) {
        return ports.stream().filter(wanted).findFirst();
    }

    private boolean isNamed(DestinationPort port) {
        return asked.port().isEmpty() || asked.port().equals(port.number().toString());
    }

    private static boolean isHttp(DestinationPort port) {
        return switch (port.protocol()) {
            case HTTP, HTTPS, HTTP2, GRPC -> true;
            case TLS, TCP -> false;
        };
    }

    // The endpoints of random states are public, or loopback, which no gateway of theirs may connect to.
    private boolean leadsAnywhere(Resource<Destination> owner) {
        Destination spec = owner.spec();
        boolean isFound = spec.endpoints().stream().anyMatch(one -> mayConnect(owner, one.address()));
        return switch (spec.resolution()) {
            case STATIC -> isFound;
            case DNS -> spec.endpoints().isEmpty() ? isExact(owner) : isFound;
            case DYNAMIC -> listener.protocol() != Listener.Protocol.TCP || isExact(owner);
            case ORIGINAL -> IpAddress.isValid(asked.host()) && !isEverybodys(owner);
        };
    }

    private static boolean mayConnect(Resource<Destination> owner, String address) {
        if (!IpAddress.isValid(address)) {
            return owner.spec().resolution() == Resolution.DNS;
        }
        return !address.startsWith("127.")
                && owner.spec().settings().addressGuard().stream()
                        .noneMatch(guard -> guard.contains(new IpAddress(address)));
    }

    // A name can be resolved where one is asked for, or where there is but one.
    private boolean isExact(Resource<Destination> owner) {
        if (listener.protocol() == Listener.Protocol.TCP) {
            List<String> all = hosts(owner).distinct().toList();
            return all.size() == 1 && !all.getFirst().startsWith("*");
        }
        return hosts(owner).anyMatch(asked.host()::equals)
                || listener.hostnames().stream()
                        .anyMatch(hostname -> hostname.value().equals(asked.host()));
    }

    // What only * covers has not been said to be an address.
    private boolean isEverybodys(Resource<Destination> owner) {
        return listener.protocol() != Listener.Protocol.TCP
                && listener.hostnames().stream()
                        .noneMatch(hostname -> hostname.value().equals(asked.host()))
                && ranks(owner).stream().allMatch(rank -> rank == 30_000L);
    }
}
