package io.sallyport.domain.security;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/** From when to when certificates do what they are for; both included (RFC 5280, section 4.1.2.5). */
public record CertificateTerm(Instant notBefore, Instant notAfter) {
    /** How long before their end it is time for new ones. */
    public static final Duration SOON = Duration.ofDays(30);

    /** All of them are needed: a chain. */
    public static CertificateTerm ofAll(CertificateChain chain) {
        return of(
                chain,
                BinaryOperator.maxBy(Comparator.naturalOrder()),
                BinaryOperator.minBy(Comparator.naturalOrder()));
    }

    /** Any of them will do: a bundle. */
    public static CertificateTerm ofAny(CertificateChain chain) {
        return of(
                chain,
                BinaryOperator.minBy(Comparator.naturalOrder()),
                BinaryOperator.maxBy(Comparator.naturalOrder()));
    }

    private static CertificateTerm of(
            CertificateChain chain, BinaryOperator<Instant> start, BinaryOperator<Instant> end) {
        return new CertificateTerm(
                bounds(chain, certificate -> certificate.getNotBefore().toInstant())
                        .reduce(start)
                        .orElseThrow(),
                bounds(chain, certificate -> certificate.getNotAfter().toInstant())
                        .reduce(end)
                        .orElseThrow());
    }

    private static Stream<Instant> bounds(CertificateChain chain, Function<X509Certificate, Instant> bound) {
        return chain.certificates().stream().map(bound);
    }

    public Phase at(Instant time) {
        if (!time.isBefore(notAfter)) {
            return Phase.EXPIRED;
        }
        if (time.isBefore(notBefore)) {
            return Phase.NOT_YET_VALID;
        }
        return time.isBefore(notAfter.minus(SOON)) ? Phase.VALID : Phase.EXPIRES_SOON;
    }

    /** Where a time lies in it. */
    public enum Phase {
        NOT_YET_VALID,
        VALID,
        EXPIRES_SOON,
        EXPIRED
    }
}
