package io.sallyport.identity.mtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.IssuedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptTlsTest {
    private static final Duration NEVER_BY_ITSELF = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final CertificateAuthority corp = CertificateAuthority.named("corp");
    private final IssuedCertificate first = corp.server("first.test");
    private final AtomicInteger changes = new AtomicInteger();
    private Path bundles;

    @BeforeEach
    void write() throws IOException {
        first.writeTo(folder, "server");
        bundles = Files.createDirectory(folder.resolve("bundles"));
        Files.writeString(bundles.resolve("corp.test.pem"), corp.bundle());
    }

    @Test
    void whatIsReplacedIsSeenAndWhatStaysIsNoChange() {
        try (KeptTls tls = begin()) {
            tls.look();
            assertThat(changes).hasValue(0);

            IssuedCertificate second = corp.server("second.test");
            second.writeTo(folder, "server");
            tls.look();

            assertThat(changes).hasValue(1);
            assertThat(tls.key().chain()).isEqualTo(second.certificates());
        }
    }

    @Test
    void aBrokenCertificateLeavesTheOldOneIsToldAndIsMended() throws IOException {
        try (KeptTls tls = begin()) {
            Files.writeString(folder.resolve("server.crt"), "nothing");
            tls.look();
            tls.look();

            assertThat(tls.key().chain()).isEqualTo(first.certificates());
            assertThat(tls.faults())
                    .hasEntrySatisfying(
                            folder.resolve("server.crt").toString(),
                            fault -> assertThat(fault).contains("not PEM"));
            assertThat(tls.failures()).isEqualTo(1);
            assertThat(changes).hasValue(0);

            first.writeTo(folder, "server");
            tls.look();
            assertThat(tls.faults()).isEmpty();
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsABrokenOne() throws IOException {
        try (KeptTls tls = begin()) {
            Files.writeString(
                    folder.resolve("server.key"), corp.server("other.test").privateKey());
            tls.look();

            assertThat(tls.key().chain()).isEqualTo(first.certificates());
            assertThat(tls.faults().values()).singleElement().asString().contains("not that of the certificate");
        }
    }

    @Test
    void aBrokenBundleKeepsItsTrustAndARemovedOneEndsIt() throws IOException {
        try (KeptTls tls = begin()) {
            Files.writeString(bundles.resolve("corp.test.pem"), "");
            tls.look();
            assertThat(tls.bundles().byDomain()).containsOnlyKeys("corp.test");
            assertThat(tls.faults()).isNotEmpty();

            Files.delete(bundles.resolve("corp.test.pem"));
            tls.look();
            assertThat(tls.bundles().byDomain()).isEmpty();
            assertThat(tls.faults()).isEmpty();
            assertThat(changes).hasValue(1);
        }
    }

    @Test
    void aFolderThatIsAwayEndsNoTrust() throws IOException {
        try (KeptTls tls = begin()) {
            Files.move(bundles, folder.resolve("elsewhere"));
            tls.look();

            assertThat(tls.bundles().byDomain()).containsOnlyKeys("corp.test");
            assertThat(tls.faults()).containsOnlyKeys(bundles.toString());
        }
    }

    @Test
    void aSpiffeBundleIsReadAndWhatIsNoAuthorityOrNoTrustDomainIsBroken() throws Exception {
        String root = Base64.getEncoder().encodeToString(corp.root().getEncoded());
        Files.writeString(bundles.resolve("json.test.json"), """
                {"keys": [{"use": "jwt-svid", "kty": "EC"}, {"use": "x509-svid", "kty": "EC", "x5c": ["%s"]}]}""".formatted(root));
        try (KeptTls tls = begin()) {
            assertThat(tls.bundles().byDomain()).containsOnlyKeys("corp.test", "json.test");

            Files.writeString(bundles.resolve("leaf.test.pem"), first.chain());
            Files.writeString(bundles.resolve("No Domain.pem"), corp.bundle());
            Files.writeString(bundles.resolve("corp.test.json"), "{}");
            tls.look();

            assertThat(tls.bundles().byDomain()).containsOnlyKeys("corp.test", "json.test");
            assertThat(tls.faults().toString()).contains("is no authority", "No Domain.pem", "keep one");
        }
    }

    @Test
    void aServerDoesNotBeginWithWhatIsBroken() throws IOException {
        Files.writeString(bundles.resolve("corp.test.pem"), "nothing");

        assertThatThrownBy(this::begin)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("corp.test.pem");
    }

    private KeptTls begin() {
        TlsFiles files = new TlsFiles(
                folder.resolve("server.crt"),
                folder.resolve("server.key"),
                Optional.of(bundles),
                InstantSource.system());
        KeptTls tls = KeptTls.begin(files, NEVER_BY_ITSELF);
        tls.whenChanged(changes::incrementAndGet);
        return tls;
    }
}
