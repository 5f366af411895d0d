package io.sallyport.domain.snapshot;

import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.Subset;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.CredentialInjection;
import io.sallyport.domain.security.TlsOrigination;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A place that traffic is sent to.
 *
 * @param name {@code namespace/destination/port}, or {@code namespace/destination/port/host} where the host itself is
 *     resolved
 * @param port the destination's number of it
 * @param targetPort what is connected to where an endpoint is not given: the resolved host of a request, or the address
 *     that it asks for
 * @param endpoints at least one where the resolution is DNS or static, else none; names are resolved where it is DNS
 * @param tls how it is spoken to where requests are read; the credentials that it names are {@link Secret}s of the same
 *     snapshot
 * @param injection a credential that goes with every request to it; its {@link Secret} is of the same snapshot; at most
 *     one
 */
public record Upstream(
        String name,
        ResourceName destination,
        PortNumber port,
        PortNumber targetPort,
        Protocol protocol,
        Resolution resolution,
        List<UpstreamEndpoint> endpoints,
        List<Subset> subsets,
        UpstreamSettings settings,
        TlsOrigination tls,
        List<CredentialInjection> injection) {
    public Upstream {
        endpoints = List.copyOf(endpoints);
        subsets = List.copyOf(subsets);
        injection = List.copyOf(injection);
    }

    /** Whether requests are sent to it over TLS that the gateway originates. */
    public boolean isOverTls() {
        return tls.covers(protocol);
    }

    /** An address to connect to, or a name to resolve, and its port; the rest as in the destination's endpoint. */
    public record UpstreamEndpoint(
            String address, PortNumber port, int weight, String locality, SortedMap<String, String> labels) {
        public UpstreamEndpoint {
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        }
    }
}
