package io.sallyport.identity.mtls;

import io.sallyport.domain.security.CertificateChain;
import io.sallyport.domain.security.CertificateKey;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What the server shows, its own certificate first, and the key of that. */
public record ServerKey(List<X509Certificate> chain, PrivateKey key) {
    public ServerKey {
        chain = List.copyOf(chain);
    }

    /** Reads both from PEM; throws IllegalArgumentException where they do not belong together, or are over. */
    static ServerKey parse(String chain, String key, Instant now) {
        CertificateChain certificates = CertificateChain.parse(chain);
        CertificateKey own = CertificateKey.parse(key, certificates.own().getPublicKey());
        if (!own.belongsTo(certificates.own().getPublicKey())) {
            throw new IllegalArgumentException("the key is not that of the certificate: replace both at once");
        }
        if (certificates.isAnyExpiredAt(now)) {
            throw new IllegalArgumentException("a certificate of the chain has expired: put a new one in its place");
        }
        return new ServerKey(certificates.certificates(), own.key());
    }

    /** When the first certificate of its chain ends. */
    public Instant expiresAt() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Override
    public String toString() {
        return "ServerKey of " + chain.getFirst().getSubjectX500Principal();
    }
}
