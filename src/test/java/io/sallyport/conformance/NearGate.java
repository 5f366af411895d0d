package io.sallyport.conformance;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;

import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.identity.Caller;
import io.sallyport.local.BootstrapFile;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.Ports;
import io.sallyport.local.SelfSigned;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.GatewayBuilder;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.TlsProbe;
import io.sallyport.testkit.Wire;
import io.sallyport.usecase.ApplyDocuments;
import io.sallyport.usecase.Draft;
import io.sallyport.usecase.Intent;
import io.sallyport.usecase.Precondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.ConfigProvider;

/** A real Envoy on a wire that can be cut; the control plane is the one of this process. */
final class NearGate implements AutoCloseable {
    static final String CHECKOUT = "127.0.0.2";
    private static final Caller ADMIN = Caller.system("ada");

    private final String name;
    private final ApplyDocuments applyDocuments;
    private final EchoUpstream clear = EchoUpstream.start();
    private final EchoUpstream encrypted;
    private final int httpPort = Ports.free();
    private final int tlsPort = Ports.free();
    private final Wire wire;
    private final EnvoyProcess envoy;

    NearGate(ApplyDocuments applyDocuments) {
        this("internet", applyDocuments);
    }

    /** One of several, which share a destination. */
    NearGate(String name, ApplyDocuments applyDocuments) {
        this.name = name;
        this.applyDocuments = applyDocuments;
        Path folder = newFolder();
        encrypted = encrypted(folder);
        write(
                aNamespace("edge"),
                aNamespace("shop").cidrs("127.0.0.2/32"),
                gateway(),
                aDestination("shop/billing")
                        .hosts("billing.example")
                        .port(80, Protocol.HTTP, clear.port())
                        .port(443, Protocol.TLS, encrypted.port())
                        .statically()
                        .at("127.0.0.1"));
        wire = new Wire(ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class));
        envoy = EnvoyProcess.start(RequiresEnvoy.Condition.binary(), bootstrap(folder), folder);
    }

    /** As it is at first, to be changed and written again. */
    GatewayBuilder gateway() {
        return aGateway("edge/" + name)
                .agents("gateway-internet")
                .listeningOn("127.0.0.1")
                .http("http", httpPort)
                .tls("tls", tlsPort)
                .permitting("127.0.0.0/8");
    }

    RuleBuilder rule() {
        return aRule("shop/checkout-by-" + name)
                .gateway("edge/" + name)
                .from(addresses("127.0.0.2/32"))
                .to("shop/billing");
    }

    Revision write(ResourceBuilder<?>... builders) {
        List<Intent> intents = Arrays.stream(builders)
                .map(ResourceBuilder::build)
                .<Intent>map(NearGate::put)
                .toList();
        return applyDocuments.apply(ADMIN, "", intents).revision();
    }

    /** What others that share the control plane are not to find. */
    void remove(ResourceBuilder<?>... builders) {
        List<Intent> intents = Arrays.stream(builders)
                .map(builder -> builder.build().key())
                .<Intent>map(key -> new Intent.Remove(key, new Precondition.None()))
                .toList();
        applyDocuments.apply(ADMIN, "", intents);
    }

    Wire wire() {
        return wire;
    }

    boolean isOpenToHttp() {
        return isOpen(() -> get().status() == 200);
    }

    RawHttp.Answer get() {
        return RawHttp.get(CHECKOUT, httpPort, "billing.example");
    }

    boolean isOpenToTls() {
        return isOpen(() -> TlsProbe.passes(CHECKOUT, tlsPort, "billing.example"));
    }

    boolean isOpen() {
        return isOpenToHttp() && isOpenToTls();
    }

    boolean isClosed() {
        return !isOpenToHttp() && !isOpenToTls();
    }

    private static boolean isOpen(BooleanSupplier probe) {
        try {
            return probe.getAsBoolean();
        } catch (UncheckedIOException notListening) {
            return false;
        }
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

    private static Intent put(Resource<?> resource) {
        Draft draft = new Draft(
                "",
                resource.key(),
                resource.metadata().labels(),
                resource.metadata().annotations(),
                resource.spec());
        return new Intent.Put(draft, new Precondition.None());
    }

    private Path bootstrap(Path folder) {
        return new BootstrapFile(
                        "edge/" + name,
                        "gateway-internet",
                        "127.0.0.1:" + wire.port(),
                        IssuerResource.issuer().tokenUri())
                .write(folder, "local");
    }

    private static EchoUpstream encrypted(Path folder) {
        try {
            return EchoUpstream.serving(SelfSigned.create("billing.example", folder.resolve("upstream.p12"))
                    .context()
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("sallyport-near");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        envoy.close();
        wire.close();
        clear.close();
        encrypted.close();
    }
}
