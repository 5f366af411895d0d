package io.sallyport.conformance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.local.BootstrapFile;
import io.sallyport.local.ControlPlane;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.LocalIssuer;
import io.sallyport.local.Ports;
import io.sallyport.local.SelfSigned;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.RestApi;
import io.sallyport.testkit.TestDatabase;
import io.sallyport.testkit.TlsProbe;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/** The whole of it on loopback: database, issuer, the packaged control plane, upstreams and a real Envoy. */
final class Gate implements AutoCloseable {
    static final String CHECKOUT = "127.0.0.2";
    static final String STRANGER = "127.0.0.3";

    private final Path folder;
    private final String database = TestDatabase.fresh();
    private final LocalIssuer issuer = LocalIssuer.start();
    private final EchoUpstream clearUpstream = EchoUpstream.start();
    private final EchoUpstream tlsUpstream;
    private final int apiPort = Ports.free();
    private final int grpcPort = Ports.free();
    private final int httpPort = Ports.free();
    private final int tlsPort = Ports.free();
    private ControlPlane controlPlane;
    private final EnvoyProcess envoy;

    private Gate() {
        folder = newFolder();
        tlsUpstream = tlsUpstream(folder);
        controlPlane = startControlPlane();
        apply(
                GateDocuments.foundation(httpPort, tlsPort),
                GateDocuments.example(clearUpstream.port(), tlsUpstream.port()));
        Path bootstrap = new BootstrapFile("edge/internet", "gateway-internet", controlPlane.grpc(), issuer.tokenUri())
                .write(folder.resolve("envoy"), "local");
        envoy = EnvoyProcess.start(RequiresEnvoy.Condition.binary(), bootstrap, folder.resolve("envoy"));
    }

    /** Returns once what is allowed passes on both listeners. */
    static Gate open() {
        Gate gate = new Gate();
        try {
            gate.awaitStatus(CHECKOUT, "billing.example", 200);
            await().ignoreException(UncheckedIOException.class)
                    .until(() -> TlsProbe.passes(CHECKOUT, gate.tlsPort, "billing.example"));
            return gate;
        } catch (RuntimeException never) {
            gate.close();
            throw never;
        }
    }

    int httpPort() {
        return httpPort;
    }

    int tlsPort() {
        return tlsPort;
    }

    EchoUpstream tlsUpstream() {
        return tlsUpstream;
    }

    EnvoyProcess envoy() {
        return envoy;
    }

    RestApi api() {
        return new RestApi(controlPlane.url(), issuer.userToken("admin"));
    }

    RawHttp.Answer get(String from, String authority) {
        return RawHttp.get(from, httpPort, authority);
    }

    void apply(String... documents) {
        api().apply(String.join("\n---\n", documents));
    }

    /** Of the namespace shop. */
    void delete(String path) {
        api().delete("/api/v1/namespaces/shop/" + path);
    }

    String destination(String name) {
        return GateDocuments.destination(name, clearUpstream.port());
    }

    void awaitStatus(String from, String authority, int status) {
        await().pollInterval(Duration.ofMillis(50))
                .ignoreException(UncheckedIOException.class)
                .until(() -> get(from, authority).status() == status);
    }

    /** The one agent of the gateway, once it is connected. */
    JsonNode agent() {
        return await().until(() -> api().get("/api/v1/agents").path("items"), agents -> agents.size() == 1)
                .get(0);
    }

    /** Of a resource, as text. */
    String conditions(String namespace, String kind, String name) {
        return api().get("/api/v1/namespaces/%s/%s/%s".formatted(namespace, kind, name))
                .at("/status/conditions")
                .toString();
    }

    /** Returns once the agent has taken all that was written. */
    void awaitAcknowledgement() {
        long newest = api().get("/api/v1/revisions").at("/items/0/revision").asLong();
        await().until(() -> agent().at("/acknowledged/revision").asLong() >= newest);
    }

    void stopControlPlane() {
        controlPlane.process().close();
    }

    void restartControlPlane() {
        controlPlane = startControlPlane();
    }

    /** The sum of Envoy's counters and gauges whose whole name matches; 0 where it has none. */
    long stat(String name) {
        return envoy.admin()
                .orElseThrow()
                .get("/stats?filter=^" + name + "$")
                .lines()
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private ControlPlane startControlPlane() {
        var settings = new HashMap<>(ControlPlane.BRIEF);
        settings.put("SALLYPORT_DATABASE_URL", database);
        settings.put("SALLYPORT_ISSUER", issuer.issuerUri().toString());
        settings.put("SALLYPORT_ENCRYPTION_KEY", TestDatabase.ENCRYPTION_KEY);
        return ControlPlane.start(apiPort, grpcPort, settings, folder.resolve("control-plane.log"))
                .awaitReady();
    }

    private static EchoUpstream tlsUpstream(Path folder) {
        try {
            return EchoUpstream.serving(SelfSigned.create("billing.example", folder.resolve("upstream.p12"))
                    .context()
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    // Not below the build folder, whose path may be too long for Envoy's admin socket.
    private static Path newFolder() {
        try {
            return Files.createTempDirectory("sallyport-gate");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        List.<AutoCloseable>of(envoy, controlPlane.process(), issuer, clearUpstream, tlsUpstream, this::deleteFolder)
                .forEach(Gate::close);
    }

    private void deleteFolder() throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
