package io.sallyport.domain.security;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a gateway speaks TLS to a destination. Whatever is left out is as without a policy: certificates are verified
 * against the system's authorities, for the host that is asked for.
 *
 * @param mode on which ports, and who shows a certificate
 * @param serverName SNI to send instead of the host (RFC 6066, section 3); what is verified does not change by it; at
 *     most one
 * @param subjectAltNames any of which the certificate must have, instead of the host: DNS names, IP addresses or URIs;
 *     none for the host
 * @param caBundle who may sign certificates: a {@code Credential} of type CaBundle, of the policy's namespace; the
 *     system's authorities without; at most one
 * @param clientCertificate what the gateway shows for itself: a {@code Credential} of type Certificate, of the policy's
 *     namespace; exactly one in mode Mutual, at most one in {@link Mode#AS_PORT}, none in the others
 * @param versions the oldest and newest that are spoken
 * @param cipherSuites of TLS 1.2, in the order of preference, by their names in OpenSSL; Envoy's own without
 * @param alpn protocols to offer (RFC 7301); those of the port's protocol without
 * @param unverified a time in which certificates are not verified at all; at most one
 */
public record TlsOrigination(
        Mode mode,
        List<String> serverName,
        List<String> subjectAltNames,
        List<ResourceName> caBundle,
        List<ResourceName> clientCertificate,
        TlsVersions versions,
        List<String> cipherSuites,
        List<String> alpn,
        List<Unverified> unverified) {
    /** What holds without a policy. */
    public static final TlsOrigination DEFAULT = new TlsOrigination(
            Mode.AS_PORT,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            TlsVersions.DEFAULT,
            List.of(),
            List.of(),
            List.of());

    public TlsOrigination {
        serverName = List.copyOf(serverName);
        subjectAltNames = List.copyOf(subjectAltNames);
        caBundle = List.copyOf(caBundle);
        clientCertificate = List.copyOf(clientCertificate);
        cipherSuites = List.copyOf(cipherSuites);
        alpn = List.copyOf(alpn);
        unverified = List.copyOf(unverified);
        if (serverName.size() > 1 || caBundle.size() > 1 || unverified.size() > 1) {
            throw new IllegalArgumentException("a policy has at most one sni, caRef and insecureSkipVerify");
        }
        if (!mode.takes(clientCertificate.size())) {
            throw new IllegalArgumentException("a clientCredentialRef belongs to mode Mutual, or to none");
        }
    }

    /** Verified against a bundle, and otherwise as without a policy. */
    public static TlsOrigination trusting(ResourceName caBundle) {
        return new TlsOrigination(
                Mode.AS_PORT,
                List.of(),
                List.of(),
                List.of(caBundle),
                List.of(),
                TlsVersions.DEFAULT,
                List.of(),
                List.of(),
                List.of());
    }

    /** The same once the exceptions that are over are forgotten. */
    public TlsOrigination inForce() {
        return withUnverified(unverified.stream().filter(one -> !one.over()).toList());
    }

    /** The credentials that it refers to. */
    public Stream<ResourceName> credentials() {
        return Stream.concat(caBundle.stream(), clientCertificate.stream());
    }

    public TlsOrigination withUnverified(List<Unverified> newUnverified) {
        return new TlsOrigination(
                mode,
                serverName,
                subjectAltNames,
                caBundle,
                clientCertificate,
                versions,
                cipherSuites,
                alpn,
                newUnverified);
    }

    /** Whether TLS is spoken to a port of that protocol where a gateway reads requests for it. */
    public boolean covers(Protocol protocol) {
        return switch (mode) {
            case AS_PORT -> protocol == Protocol.HTTPS;
            case DISABLE -> false;
            case SIMPLE, MUTUAL -> protocol.isReachableByHttp();
        };
    }

    /** On which ports TLS is spoken, and who shows a certificate. */
    public enum Mode {
        /** On those of protocol HTTPS, the others in the clear; the destination, and the gateway where it has one. */
        AS_PORT,
        /** On none: they are spoken to in the clear, whatever their protocol says. */
        DISABLE,
        /** On all that are read as HTTP; the destination. */
        SIMPLE,
        /** On all that are read as HTTP; both. */
        MUTUAL;

        private boolean takes(int clientCertificates) {
            return switch (this) {
                case AS_PORT -> clientCertificates <= 1;
                case DISABLE, SIMPLE -> clientCertificates == 0;
                case MUTUAL -> clientCertificates == 1;
            };
        }
    }

    /**
     * The exception that certificates are not verified.
     *
     * @param until when it ends, excluded
     * @param reason why, for the record
     * @param over whether a revision has recorded that it ended; no clock is asked then
     */
    public record Unverified(Instant until, String reason, boolean over) {
        /** The next moment at which something is to be recorded; {@link Instant#MAX} where there is none. */
        public Instant nextBound() {
            return over ? Instant.MAX : until;
        }

        /** As it is to be recorded at that time; what was once over stays so. */
        public Unverified at(Instant time) {
            return new Unverified(until, reason, over || !time.isBefore(until));
        }
    }
}
