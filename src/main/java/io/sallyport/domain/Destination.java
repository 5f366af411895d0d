package io.sallyport.domain;

import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.destination.Subset;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import java.util.List;
import java.util.stream.Stream;

/**
 * An external service.
 *
 * @param addresses ranges that it owns where a listener learns the address that is asked for
 * @param ports in the order of preference; where a request names no port, the first that its listener speaks is meant
 * @param visibility the namespaces that may use it besides its own
 * @param delegates who may own a host below one of its wildcards
 */
public record Destination(
        List<HostPattern> hosts,
        List<Cidr> addresses,
        List<DestinationPort> ports,
        Resolution resolution,
        List<Endpoint> endpoints,
        List<Subset> subsets,
        UpstreamSettings settings,
        List<Name> visibility,
        List<Delegate> delegates)
        implements Spec {
    public Destination {
        hosts = List.copyOf(hosts);
        addresses = List.copyOf(addresses);
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
        subsets = List.copyOf(subsets);
        visibility = List.copyOf(visibility);
        delegates = List.copyOf(delegates);
    }

    /** All that it owns: its hosts, and its addresses as ranges. */
    public Stream<HostPattern> everywhere() {
        return Stream.concat(hosts.stream(), addresses.stream().map(HostPattern::ofRange));
    }

    /** Whether a namespace may use this destination, which lives in {@code own}. */
    public boolean isVisibleTo(Name own, Name namespace) {
        return own.equals(namespace) || visibility.contains(namespace);
    }

    /** How the addresses of a destination come to be known. */
    public enum Resolution {
        /** By asking the resolver for the host, or for the endpoints where they are names. */
        DNS,
        /** They are the endpoints. */
        STATIC,
        /** By asking the resolver for the host of each request, below a wildcard too. */
        DYNAMIC,
        /** They are what the source asked for: an address, or the original one of the PROXY protocol. */
        ORIGINAL
    }

    /** Leave for another namespace to own a host, and all below it where it is a wildcard. */
    public record Delegate(HostPattern host, Name namespace) {}
}
