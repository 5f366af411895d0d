package io.sallyport.identity.mtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.security.CertificateChain;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.IssuedCertificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SvidTest {
    private static final String GATEWAY = "spiffe://corp.test/gateways/internet";
    private static final CertificateAuthority CORP = CertificateAuthority.named("corp");
    private static final CertificateAuthority OTHER = CertificateAuthority.named("other");
    private static final TrustBundles BUNDLES = new TrustBundles(new TreeMap<>(Map.of(
            "corp.test", CertificateChain.parse(CORP.bundle()), "other.test", CertificateChain.parse(OTHER.bundle()))));

    private final Instant now = Instant.now();

    @Test
    void aCertificateOfItsTrustDomainProvesItsId() throws CertificateException {
        Instant end = now.plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);

        assertThat(verify(CORP.clientUntil(end, GATEWAY)))
                .returns(GATEWAY, svid -> svid.id().value())
                .returns(end, Svid::validUntil);
    }

    @Test
    void aChainOverAnIntermediateIsFollowedAndMayEndInItsAuthority() throws CertificateException {
        IssuedCertificate issued = CORP.intermediate("between").client(GATEWAY);
        assertThat(issued.certificates()).hasSize(2);
        List<X509Certificate> whole = Stream.concat(issued.certificates().stream(), Stream.of(CORP.root()))
                .toList();

        assertThat(verify(issued).id().value()).isEqualTo(GATEWAY);
        assertThat(Svid.verify(whole, BUNDLES, now).id().value()).isEqualTo(GATEWAY);
    }

    @Test
    void theAuthorityOfAnotherTrustDomainSignsNobodyOfThisOne() {
        refused(OTHER.client(GATEWAY), "not signed by an authority of its trust domain");
    }

    @Test
    void aTrustDomainWithoutABundleIsNotTrusted() {
        refused(CORP.client("spiffe://elsewhere.test/a"), "No authority of the trust domain 'elsewhere.test'");
    }

    @Test
    void severalUrisOrNoneAreNobody() {
        refused(CORP.client(GATEWAY, "spiffe://corp.test/other"), "2 URIs");
        refused(CORP.client(), "0 URIs");
        refused(CORP.server("gate.test"), "0 URIs");
    }

    @Test
    void aUriThatIsNoSpiffeIdIsNobody() {
        refused(CORP.client("https://corp.test/a"), "not a SPIFFE ID");
        refused(CORP.client("spiffe://corp.test/a/../b"), "not a SPIFFE ID");
        refused(CORP.client("spiffe://corp.test"), "that of a trust domain");
    }

    @Test
    void anAuthorityProvesNobodyThoughItsBundleSignedIt() {
        refused(CORP.signingClient(GATEWAY), "that of an authority");
    }

    @Test
    void whatIsSignedByACertificateThatIsNoAuthorityIsNotTrusted() {
        IssuedCertificate leaf = CORP.client("spiffe://corp.test/evil");
        IssuedCertificate forged = CertificateAuthority.named("workload").client(GATEWAY);
        List<X509Certificate> chain =
                List.of(forged.certificates().getFirst(), leaf.certificates().getFirst());

        assertThatThrownBy(() -> Svid.verify(chain, BUNDLES, now)).hasMessageContaining("not signed by");
    }

    @Test
    void timeCountsOfTheCertificateAndOfItsAuthority() {
        refused(CORP.expiredClient(GATEWAY), "expired");
        refused(CORP.futureClient(GATEWAY), "not valid yet");
        Instant afterTheRoot = now.plus(Duration.ofDays(2));
        IssuedCertificate longer = CORP.clientUntil(now.plus(Duration.ofDays(9)), GATEWAY);

        assertThatThrownBy(() -> Svid.verify(longer.certificates(), BUNDLES, afterTheRoot))
                .hasMessageContaining("No authority");
    }

    @Test
    void theProofEndsWithTheAuthorityWhereThatIsEarlier() throws CertificateException {
        IssuedCertificate longer = CORP.clientUntil(now.plus(Duration.ofDays(9)), GATEWAY);

        assertThat(verify(longer).validUntil())
                .isEqualTo(CORP.root().getNotAfter().toInstant());
    }

    private void refused(IssuedCertificate certificate, String why) {
        assertThatThrownBy(() -> verify(certificate))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(why);
    }

    private Svid verify(IssuedCertificate certificate) throws CertificateException {
        return Svid.verify(certificate.certificates(), BUNDLES, now);
    }
}
