package io.sallyport.domain.security;

import io.sallyport.domain.ResourceName;
import java.time.Instant;
import java.util.List;

/**
 * How a gateway speaks TLS to a destination. Whatever is left out is as without a policy: certificates are verified
 * against the system's authorities, for the host that is asked for.
 *
 * @param serverName SNI to send instead of the host (RFC 6066, section 3); what is verified does not change by it; at
 *     most one
 * @param subjectAltNames any of which the certificate must have, instead of the host: DNS names, or URIs; none for the
 *     host
 * @param caBundle who may sign certificates: a {@code Credential} of type CaBundle, of the policy's namespace; the
 *     system's authorities without; at most one
 * @param clientCertificate what the gateway shows for itself in mode Mutual: a {@code Credential} of type Certificate, of
 *     the policy's namespace; exactly one there, none in the other modes
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
        if (clientCertificate.size() != (mode == Mode.MUTUAL ? 1 : 0)) {
            throw new IllegalArgumentException("a clientCredentialRef belongs to mode Mutual, and to that alone");
        }
    }

    /** Verified against a bundle, and otherwise as without a policy. */
    public static TlsOrigination trusting(ResourceName caBundle) {
        return new TlsOrigination(
                Mode.SIMPLE,
                List.of(),
                List.of(),
                List.of(caBundle),
                List.of(),
                TlsVersions.DEFAULT,
                List.of(),
                List.of(),
                List.of());
    }

    /** Who shows a certificate. */
    public enum Mode {
        /** Nobody: the port is spoken to in the clear, whatever its protocol says. */
        DISABLE,
        /** The destination. */
        SIMPLE,
        /** Both. */
        MUTUAL
    }

    /**
     * The exception that certificates are not verified.
     *
     * @param until when it ends, excluded
     * @param reason why, for the record
     */
    public record Unverified(Instant until, String reason) {}
}
