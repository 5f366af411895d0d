package io.sallyport.domain.snapshot;

import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * A place that traffic is sent to.
 *
 * @param name {@code namespace/destination/port}, or {@code namespace/destination/port/host} where the host itself is
 *     resolved
 * @param port the destination's number of it
 * @param endpoints at least one; names are resolved where the resolution is DNS
 */
public record Upstream(
        String name,
        ResourceName destination,
        PortNumber port,
        Protocol protocol,
        Resolution resolution,
        List<UpstreamEndpoint> endpoints) {
    public Upstream {
        endpoints = List.copyOf(endpoints);
    }

    /** An address to connect to, or a name to resolve, and its port. */
    public record UpstreamEndpoint(String address, PortNumber port) {}
}
