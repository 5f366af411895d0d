package io.sallyport.identity.mtls;

import io.sallyport.domain.network.SpiffeId;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/** What the certificate of somebody is, other than that of an authority (SPIFFE X509-SVID, sections 2, 4 and 5.2). */
final class SvidLeaf {
    private static final int URI = 6;
    private static final int NO_AUTHORITY = -1;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int SIGNS_CERTIFICATES = 5;
    private static final int SIGNS_REVOCATIONS = 6;
    private static final List<String> FOR_CLIENTS = List.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

    private SvidLeaf() {}

    /** The one SPIFFE ID in it. Throws CertificateException where it is nobody's, or may not be used by a client. */
    static SpiffeId id(X509Certificate leaf) throws CertificateException {
        refuseAuthorities(leaf);
        refuseOtherUses(leaf);
        List<String> uris = uris(leaf);
        if (uris.size() != 1) {
            throw new CertificateException(
                    "The certificate has %d URIs as alternative names: it must have one, a SPIFFE ID"
                            .formatted(uris.size()));
        }
        SpiffeId id = parse(uris.getFirst());
        if (id.hasNoPath()) {
            throw new CertificateException("The SPIFFE ID %s is that of a trust domain, which is nobody".formatted(id));
        }
        return id;
    }

    private static void refuseAuthorities(X509Certificate leaf) throws CertificateException {
        boolean[] usage = leaf.getKeyUsage();
        boolean signs = usage != null && (usage[SIGNS_CERTIFICATES] || usage[SIGNS_REVOCATIONS]);
        if (leaf.getBasicConstraints() != NO_AUTHORITY || signs) {
            throw new CertificateException("The certificate is that of an authority: it proves nobody");
        }
    }

    private static void refuseOtherUses(X509Certificate leaf) throws CertificateException {
        boolean[] usage = leaf.getKeyUsage();
        List<String> extended = leaf.getExtendedKeyUsage();
        boolean isForClients = extended == null || extended.stream().anyMatch(FOR_CLIENTS::contains);
        if ((usage != null && !usage[DIGITAL_SIGNATURE]) || !isForClients) {
            throw new CertificateException("The certificate is not for TLS clients, by its key usage");
        }
    }

    private static List<String> uris(X509Certificate leaf) throws CertificateException {
        Collection<List<?>> names = leaf.getSubjectAlternativeNames();
        return names == null
                ? List.of()
                : names.stream()
                        .filter(name -> name.getFirst().equals(URI))
                        .map(name -> String.valueOf(name.get(1)))
                        .toList();
    }

    private static SpiffeId parse(String uri) throws CertificateException {
        try {
            return new SpiffeId(uri);
        } catch (IllegalArgumentException malformed) {
            throw new CertificateException("The URI of the certificate is not a SPIFFE ID", malformed);
        }
    }
}
