package io.sallyport.push.xds;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.principals;
import static io.sallyport.testkit.TlsBuilder.aTls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.security.TlsOrigination.Mode;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.IssuedCertificate;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The certificate of a listener, the authorities of its clients and of a destination, and the certificate that is shown to
 * that destination all change, again and again, while requests go on; over connections that stay and over new ones.
 * {@code -Dsallyport.rotations=200} rotates more often than the usual few times.
 */
@RequiresEnvoy
class RotationUnderLoadIT {
    private static final String HERE = "127.0.0.2";
    private static final int ROTATIONS = Integer.getInteger("sallyport.rotations", 5);
    private static final int CLIENTS = 4;

    @TempDir
    Path folder;

    private final CertificateAuthority gateways = CertificateAuthority.named("gateways");
    private final CertificateAuthority workloads = CertificateAuthority.named("workloads");
    private final CertificateAuthority partner = CertificateAuthority.named("partner");
    private final SSLContext checkout =
            workloads.client("spiffe://corp.test/ns/shop/sa/checkout").context(gateways);
    private final int listening = Ports.free();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    private EchoUpstream upstream;
    private int upstreamPort;
    private SmallControlPlane plane;
    private EnvoyProcess envoy;

    @BeforeEach
    void start() throws IOException {
        var socket = (SSLServerSocket) partner.server("partner.test")
                .context(partner)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        socket.setNeedClientAuth(true);
        upstreamPort = socket.getLocalPort();
        upstream = EchoUpstream.serving(socket);
        plane = new SmallControlPlane(snapshot(Material.fresh(this)));
        envoy = EnvoyProcess.start(
                        RequiresEnvoy.Condition.binary(), SmallControlPlane.bootstrap(folder, plane.port()), folder)
                .awaitLive(Patience.LONG);
        await().ignoreExceptions().until(this::passes);
    }

    @AfterEach
    void stop() {
        enough.countDown();
        envoy.close();
        plane.close();
        upstream.close();
    }

    @Test
    void noRequestFailsWhileAllThatIsSecretChanges() {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < CLIENTS; client++) {
                clients.execute(client % 2 == 0 ? this::askOverOneConnection : this::askOverNewConnections);
            }
            rotate();
        }

        System.out.printf("rotations=%d answered=%d failed=%d%n", ROTATIONS, answered.get(), failed.get());
        assertThat(failed).hasValue(0);
        assertThat(answered).hasValueGreaterThan(ROTATIONS * CLIENTS);
    }

    // Clients stop whatever comes of it: they are waited for.
    private void rotate() {
        try {
            for (int rotation = 0; rotation < ROTATIONS; rotation++) {
                Material material = Material.fresh(this);
                int before = answered.get();
                plane.moveTo(snapshot(material));
                await().until(() -> isInUse(material));
                await().until(() -> answered.get() > before + CLIENTS);
            }
        } finally {
            enough.countDown();
        }
    }

    /** All that is secret, made anew; the authorities of before stay trusted beside new ones, as in a rotation they must. */
    private record Material(IssuedCertificate server, IssuedCertificate client, String clients, String partners) {
        static Material fresh(RotationUnderLoadIT world) {
            return new Material(
                    world.gateways.server("gate.test"),
                    world.partner.client("spiffe://corp.test/gateway"),
                    world.workloads.bundle()
                            + CertificateAuthority.named("workloads").bundle(),
                    world.partner.bundle()
                            + CertificateAuthority.named("partner").bundle());
        }
    }

    private Snapshot snapshot(Material material) {
        return new SnapshotCompiler()
                .compile(
                        state(
                                aNamespace("edge"),
                                aCredential("edge/server").certificate(material.server()),
                                aCredential("edge/clients").caBundle(material.clients()),
                                aCredential("edge/partners").caBundle(material.partners()),
                                aCredential("edge/client").certificate(material.client()),
                                aGateway("edge/internet")
                                        .permitting("127.0.0.1/32")
                                        .mutual("mutual", listening, "server", "clients"),
                                aDestination("edge/partner")
                                        .hosts("partner.test")
                                        .port(443, Protocol.HTTPS, upstreamPort)
                                        .statically()
                                        .at("127.0.0.1"),
                                aSecurityPolicy("edge/partner")
                                        .onDestination("partner")
                                        .tls(aTls().mode(Mode.MUTUAL)
                                                .trusting("edge/partners")
                                                .showing("edge/client")),
                                aRule("edge/proven")
                                        .tier(Tier.ADMIN)
                                        .from(principals("*"))
                                        .to("edge/partner")),
                        Cases.GATEWAY);
    }

    private boolean isInUse(Material material) {
        String certificates = envoy.admin().orElseThrow().get("/certs");
        return certificates.contains(serial(material.server())) && certificates.contains(serial(material.client()));
    }

    private static String serial(IssuedCertificate certificate) {
        X509Certificate own = certificate.certificates().getFirst();
        return own.getSerialNumber().toString(16);
    }

    private void askOverOneConnection() {
        try (RawHttp connection = RawHttp.connectSecurely(HERE, listening, checkout)) {
            while (enough.getCount() > 0) {
                count(connection.get("partner.test").status());
            }
        } catch (RuntimeException dropped) {
            failed.incrementAndGet();
        }
    }

    private void askOverNewConnections() {
        while (enough.getCount() > 0) {
            try {
                count(passes() ? 200 : 0);
            } catch (RuntimeException dropped) {
                failed.incrementAndGet();
            }
        }
    }

    private boolean passes() {
        try (RawHttp connection = RawHttp.connectSecurely(HERE, listening, checkout)) {
            return connection.get("partner.test").status() == 200;
        }
    }

    private void count(int status) {
        (status == 200 ? answered : failed).incrementAndGet();
    }
}
