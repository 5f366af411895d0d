package io.sallyport.identity.mtls;

import io.sallyport.domain.network.SpiffeId;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whom a chain of certificates proves (SPIFFE X509-SVID, section 5).
 *
 * @param validUntil when the first certificate of the chain ends, its authority's among them
 */
record Svid(SpiffeId id, Instant validUntil) {

    /** Throws CertificateException with words for whoever showed the chain. */
    static Svid verify(List<X509Certificate> chain, TrustBundles bundles, Instant now) throws CertificateException {
        if (chain.isEmpty()) {
            throw new CertificateException("There is no certificate");
        }
        SpiffeId id = SvidLeaf.id(chain.getFirst());
        Set<TrustAnchor> authorities = authorities(id.trustDomain(), bundles, now);
        try {
            return new Svid(id, end(chain, trusted(chain, authorities, now)));
        } catch (GeneralSecurityException untrusted) {
            throw new CertificateException(
                    "The certificate of %s is expired, not valid yet, or not signed by an authority of its trust domain"
                            .formatted(id),
                    untrusted);
        }
    }

    // The validator does not ask whether an authority itself has expired.
    private static Set<TrustAnchor> authorities(String trustDomain, TrustBundles bundles, Instant now)
            throws CertificateException {
        Set<TrustAnchor> authorities = bundles.of(trustDomain).stream()
                .flatMap(bundle -> bundle.certificates().stream())
                .filter(authority -> isValid(authority, now))
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        if (authorities.isEmpty()) {
            throw new CertificateException(
                    "No authority of the trust domain '%s' is trusted here".formatted(trustDomain));
        }
        return authorities;
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && now.isBefore(certificate.getNotAfter().toInstant());
    }

    private static X509Certificate trusted(List<X509Certificate> chain, Set<TrustAnchor> authorities, Instant now)
            throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(authorities);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        var path = CertificateFactory.getInstance("X.509").generateCertPath(below(authorities, chain));
        var result = (PKIXCertPathValidatorResult)
                CertPathValidator.getInstance("PKIX").validate(path, parameters);
        return result.getTrustAnchor().getTrustedCert();
    }

    // Who shows the authority as well shows too much, which is no harm.
    private static List<X509Certificate> below(Set<TrustAnchor> authorities, List<X509Certificate> chain) {
        Set<X509Certificate> trusted =
                authorities.stream().map(TrustAnchor::getTrustedCert).collect(Collectors.toSet());
        return chain.stream()
                .takeWhile(certificate -> !trusted.contains(certificate))
                .toList();
    }

    private static Instant end(List<X509Certificate> chain, X509Certificate authority) {
        return Stream.concat(chain.stream(), Stream.of(authority))
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
