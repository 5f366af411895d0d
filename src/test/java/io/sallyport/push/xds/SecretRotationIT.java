package io.sallyport.push.xds;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.principals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.EnvoyAdmin;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.CredentialBuilder;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, authorities and issuers that change at a real Envoy, while its listeners stay as they are. */
@RequiresEnvoy
class SecretRotationIT {
    private static final String HERE = "127.0.0.2";
    private static final String CHECKOUT = "spiffe://corp.test/ns/shop/sa/checkout";

    @TempDir
    Path folder;

    private final CertificateAuthority oldCa = CertificateAuthority.named("old");
    private final CertificateAuthority newCa = CertificateAuthority.named("new");
    private final CertificateAuthority corp = CertificateAuthority.named("corp");
    private final TestIssuer issuer = TestIssuer.named("https://issuer.test");
    private final EchoUpstream web = EchoUpstream.start();
    private final int mutual = Ports.free();
    private final int http = Ports.free();
    private final CredentialBuilder first = server(oldCa);

    private SmallControlPlane plane;
    private EnvoyProcess envoy;

    @BeforeEach
    void start() throws IOException {
        plane = new SmallControlPlane(snapshot(first, corp, issuer));
        envoy = EnvoyProcess.start(
                        RequiresEnvoy.Condition.binary(), SmallControlPlane.bootstrap(folder, plane.port()), folder)
                .awaitLive(Patience.LONG);
        await().ignoreExceptions().until(() -> answers(oldCa, corp));
    }

    @AfterEach
    void stop() {
        envoy.close();
        plane.close();
        web.close();
    }

    @Test
    void aNewCertificateIsServedAndNoListenerMoves() {
        try (var open = connection(oldCa, corp)) {
            assertThat(open.get("open.test").status()).isEqualTo(200);
            String before = listenerCounters();

            plane.moveTo(snapshot(server(newCa), corp, issuer));

            await().ignoreExceptions().until(() -> answers(newCa, corp));
            assertThat(listenerCounters()).isEqualTo(before);
            assertThat(open.get("open.test").status()).isEqualTo(200);
        }
    }

    @Test
    void aNewAuthorityDecidesWhoComesIn() {
        CertificateAuthority other = CertificateAuthority.named("corp");
        String before = listenerCounters();

        plane.moveTo(snapshot(first, other, issuer));

        await().ignoreExceptions().until(() -> answers(oldCa, other));
        assertThat(refusesHandshake(oldCa, corp)).isTrue();
        assertThat(listenerCounters()).isEqualTo(before);
    }

    @Test
    void aNewIssuerIsTakenAndNoListenerMoves() {
        TestIssuer another = TestIssuer.named("https://another.test");
        String before = listenerCounters();
        await().ignoreExceptions().until(() -> withToken(issuer) == 200);
        assertThat(withToken(another)).isEqualTo(401);

        plane.moveTo(snapshot(first, corp, another));

        await().until(() -> withToken(another) == 200);
        assertThat(withToken(issuer)).isEqualTo(401);
        assertThat(listenerCounters()).isEqualTo(before);
    }

    @Test
    void aCertificateThatEnvoyRefusesLeavesTheOldOneAndIsNotSentAgain() {
        CredentialBuilder broken = aCredential("edge/server")
                .certificate(newCa.server("gate.test"))
                .part("privateKey", oldCa.server("gate.test").privateKey());

        plane.moveTo(snapshot(broken, corp, issuer));
        await().untilAsserted(() -> assertThat(plane.lastError()).startsWith("Secret: "));
        plane.hangUp();
        await().until(plane::hasAskedForSecrets);

        assertThat(plane.secrets()).doesNotContain("edge/server");
        assertThat(answers(oldCa, corp)).isTrue();
        plane.moveTo(snapshot(server(newCa), corp, issuer));
        await().ignoreExceptions().until(() -> answers(newCa, corp));
    }

    private Snapshot snapshot(CredentialBuilder certificate, CertificateAuthority workloads, TestIssuer tokens) {
        return new SnapshotCompiler()
                .compile(
                        state(
                                aNamespace("edge"),
                                certificate,
                                aCredential("edge/corp").caBundle(workloads.bundle()),
                                aSecurityPolicy("edge/tokens")
                                        .onListener("internet", "http")
                                        .jwt(tokens.name(), tokens.jwks()),
                                aGateway("edge/internet")
                                        .permitting("127.0.0.1/32")
                                        .mutual("mutual", mutual, "server", "corp")
                                        .http("http", http),
                                aDestination("edge/open")
                                        .hosts("open.test")
                                        .port(80, Protocol.HTTP, web.port())
                                        .statically()
                                        .at("127.0.0.1"),
                                aRule("edge/proven")
                                        .tier(Tier.ADMIN)
                                        .from(principals("*"))
                                        .to("edge/open")),
                        Cases.GATEWAY);
    }

    private static CredentialBuilder server(CertificateAuthority ca) {
        return aCredential("edge/server").certificate(ca.server("gate.test"));
    }

    private boolean answers(CertificateAuthority ofServer, CertificateAuthority ofWorkloads) {
        try (var connection = connection(ofServer, ofWorkloads)) {
            return connection.get("open.test").status() == 200;
        }
    }

    private boolean refusesHandshake(CertificateAuthority ofServer, CertificateAuthority ofWorkloads) {
        try {
            return !answers(ofServer, ofWorkloads);
        } catch (UncheckedIOException refused) {
            return true;
        }
    }

    private RawHttp connection(CertificateAuthority ofServer, CertificateAuthority ofWorkloads) {
        SSLContext context = ofWorkloads.client(CHECKOUT).context(ofServer);
        return RawHttp.connectSecurely(HERE, mutual, context);
    }

    private int withToken(TestIssuer from) {
        try (var connection = RawHttp.connect(HERE, http)) {
            return connection
                    .get("open.test", "Proxy-Authorization: Bearer " + from.token("checkout", "any"))
                    .status();
        }
    }

    private String listenerCounters() {
        return stats("listener_manager.listener_(added|modified|removed|create_success|in_place_updated)");
    }

    private String stats(String pattern) {
        return envoy.admin()
                .map((EnvoyAdmin admin) -> admin.get("/stats?filter=" + pattern.replace("|", "%7C")))
                .orElseThrow();
    }
}
