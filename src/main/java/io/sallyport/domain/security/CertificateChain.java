package io.sallyport.domain.security;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Certificates (RFC 5280) in the order in which they were written; at least one. */
public record CertificateChain(List<X509Certificate> certificates) {
    private static final String LABEL = "CERTIFICATE";
    private static final int NO_AUTHORITY = -1;
    // Digests of which collisions are known (RFC 6194, RFC 6151).
    private static final Pattern BROKEN = Pattern.compile("(?i)^(md2|md5|sha1)with");

    public CertificateChain {
        certificates = List.copyOf(certificates);
    }

    /** Reads PEM; throws IllegalArgumentException where it holds anything but certificates. */
    public static CertificateChain parse(String pem) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Pem.Block block : Pem.blocks(pem)) {
            if (!block.label().equals(LABEL)) {
                throw new IllegalArgumentException(
                        "it holds a block %s: only blocks CERTIFICATE belong here".formatted(block.label()));
            }
            certificates.add(certificate(block.content(), certificates.size() + 1));
        }
        return new CertificateChain(certificates);
    }

    /** The first one: a server's or client's own. */
    public X509Certificate own() {
        return certificates.getFirst();
    }

    /** Canonical PEM: equal for equal certificates. */
    public String pem() {
        return certificates.stream()
                .map(certificate -> Pem.text(LABEL, encoded(certificate)))
                .collect(Collectors.joining());
    }

    /** Where the order is broken: the number, from 1, of a certificate that the next one did not sign; 0 where none is. */
    public int firstNotSignedByNext() {
        for (int index = 0; index + 1 < certificates.size(); index++) {
            if (!isSigned(certificates.get(index), certificates.get(index + 1))) {
                return index + 1;
            }
        }
        return 0;
    }

    /** The number, from 1, of a certificate whose key or signature can be forged; 0 where there is none. */
    public int firstWeak() {
        return first(CertificateChain::isWeak);
    }

    /** The number, from 1, of a certificate that is there before; 0 where there is none. */
    public int firstRepeated() {
        Set<X509Certificate> seen = new HashSet<>();
        return first(certificate -> !seen.add(certificate));
    }

    /** Whose certificates may sign nothing (RFC 5280, section 4.2.1.9), by their subjects. */
    public List<String> subjectsWithoutAuthority() {
        return certificates.stream()
                .filter(certificate -> certificate.getBasicConstraints() == NO_AUTHORITY)
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .toList();
    }

    private int first(Predicate<X509Certificate> wanted) {
        for (int index = 0; index < certificates.size(); index++) {
            if (wanted.test(certificates.get(index))) {
                return index + 1;
            }
        }
        return 0;
    }

    // Nobody asks who signed what signed itself (RFC 5280, section 6.1: a trust anchor).
    private static boolean isWeak(X509Certificate certificate) {
        boolean signsItself = certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
        return CertificateKey.isWeak(certificate.getPublicKey())
                || (!signsItself && BROKEN.matcher(certificate.getSigAlgName()).find());
    }

    public boolean isAnyExpiredAt(Instant time) {
        return certificates.stream().anyMatch(certificate -> isExpired(certificate, time));
    }

    public boolean isEachExpiredAt(Instant time) {
        return certificates.stream().allMatch(certificate -> isExpired(certificate, time));
    }

    private static boolean isExpired(X509Certificate certificate, Instant time) {
        return !time.isBefore(certificate.getNotAfter().toInstant());
    }

    private static boolean isSigned(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException notSigned) {
            return false;
        }
    }

    private static X509Certificate certificate(byte[] content, int number) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(content));
        } catch (CertificateException malformed) {
            throw new IllegalArgumentException("certificate %d cannot be read".formatted(number), malformed);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
