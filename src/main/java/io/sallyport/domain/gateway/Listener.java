package io.sallyport.domain.gateway;

import io.sallyport.domain.Name;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * A port that a gateway accepts traffic on.
 *
 * @param hostnames the hosts it serves; all where empty
 */
public record Listener(Name name, IpAddress address, PortNumber port, Protocol protocol, List<HostPattern> hostnames) {
    public Listener {
        hostnames = List.copyOf(hostnames);
    }

    /** Whether this listener serves all hosts of the pattern. */
    public boolean serves(HostPattern host) {
        return hostnames.isEmpty() || hostnames.stream().anyMatch(hostname -> hostname.covers(host));
    }

    /** What a listener speaks with workloads. */
    public enum Protocol {
        /** Clear HTTP/1.1 and HTTP/2; sees the source's address. */
        HTTP,
        /** TLS passed through by its SNI; sees the source's address, and neither port nor path. */
        TLS
    }
}
