package io.sallyport.domain;

import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.network.HostPattern;
import java.util.List;

/**
 * An external service.
 *
 * @param ports in the order of preference; where a request names no port, the first that its listener speaks is meant
 * @param visibility the namespaces that may use it besides its own
 * @param delegates who may own a host below one of its wildcards
 */
public record Destination(
        List<HostPattern> hosts,
        List<DestinationPort> ports,
        Resolution resolution,
        List<Endpoint> endpoints,
        List<Name> visibility,
        List<Delegate> delegates)
        implements Spec {
    public Destination {
        hosts = List.copyOf(hosts);
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
        visibility = List.copyOf(visibility);
        delegates = List.copyOf(delegates);
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
        STATIC
    }

    /** Leave for another namespace to own a host, and all below it where it is a wildcard. */
    public record Delegate(HostPattern host, Name namespace) {}
}
