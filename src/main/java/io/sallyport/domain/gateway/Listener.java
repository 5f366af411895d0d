package io.sallyport.domain.gateway;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * A port that a gateway accepts traffic on.
 *
 * @param hostnames the hosts it serves; all where empty
 * @param tls how it ends TLS: one for HTTPS, at most one for CONNECT, else none
 * @param destination where a TCP listener leads: one there, else none
 * @param acceptsProxyProtocol whether a PROXY protocol header (version 1 or 2) comes first and says the source's address;
 *     whoever can reach the port can say any address by it
 */
public record Listener(
        Name name,
        IpAddress address,
        PortNumber port,
        Protocol protocol,
        List<HostPattern> hostnames,
        List<ListenerTls> tls,
        List<ResourceName> destination,
        boolean acceptsProxyProtocol) {
    /** From where an Envoy asks its own TCP listeners whether they serve; who else comes from there is nobody. */
    public static final IpAddress OWN_SOURCE = new IpAddress("127.83.80.89");

    public Listener {
        hostnames = List.copyOf(hostnames);
        tls = List.copyOf(tls);
        destination = List.copyOf(destination);
        if (tls.size() > 1 || destination.size() > 1) {
            throw new IllegalArgumentException("a listener has at most one tls and one destinationRef");
        }
    }

    /** Whether this listener serves all hosts of the pattern. */
    public boolean serves(HostPattern host) {
        return hostnames.isEmpty() || hostnames.stream().anyMatch(hostname -> hostname.covers(host));
    }

    /**
     * Whether an Envoy can ask it if it serves, and nobody hears of it. At a TCP listener it is known by where it comes
     * from, and there is no such place in IPv6: its loopback is a single address.
     */
    public boolean canBeAsked() {
        return protocol != Protocol.TCP || address.isV4();
    }

    /** Whether whoever connects from there, without anybody in front, is the gateway that asks itself. */
    public boolean isAskedFrom(IpAddress source) {
        return protocol == Protocol.TCP && !acceptsProxyProtocol && source.equals(OWN_SOURCE);
    }

    /** Whether every source shows a certificate. */
    public boolean isMutual() {
        return tls.stream().anyMatch(one -> one.mode() == ListenerTls.Mode.MUTUAL);
    }

    /** What a listener speaks with workloads. */
    public enum Protocol {
        /** Clear HTTP/1.1 and HTTP/2. */
        HTTP,
        /** HTTP over TLS that the listener ends. */
        HTTPS,
        /** TLS passed through by its SNI; sees neither port nor path. */
        TLS,
        /** Anything, to the one destination that the listener names. */
        TCP,
        /** An explicit forward proxy: CONNECT tunnels, and absolute-form HTTP (RFC 9110, section 9.3.6). */
        CONNECT;

        /** Whether it reads HTTP requests. */
        public boolean isHttp() {
            return switch (this) {
                case HTTP, HTTPS, CONNECT -> true;
                case TLS, TCP -> false;
            };
        }
    }
}
