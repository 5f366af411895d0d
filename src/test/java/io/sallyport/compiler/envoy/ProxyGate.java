package io.sallyport.compiler.envoy;

import static io.sallyport.local.Ports.free;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.DesiredState;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.NameServer;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * A real Envoy that is a forward proxy, run without a control plane. What is at {@link #PUBLIC} may be reached; at the
 * same ports of {@link #REFUSED} are canaries that nothing may ever connect to.
 */
final class ProxyGate implements AutoCloseable {
    static final String PUBLIC = "127.9.0.1";
    static final String REFUSED = "127.0.0.1";
    /** Permitted by the gateway; a canary too at the port of the upstreams that speak TLS. */
    static final String GUARDED = "127.9.3.1";

    final NameServer names = NameServer.start();
    final CertificateAuthority authority = CertificateAuthority.named("upstreams");
    final EchoUpstream web = echo(PUBLIC, free());
    final EchoUpstream webCanary = echo(REFUSED, web.port());
    final EchoUpstream secure = secureEcho();
    final EchoUpstream secureCanary = echo(REFUSED, secure.port());
    final EchoUpstream guarded = echo(GUARDED, secure.port());
    final Ports ports = new Ports(free(), free(), web.port(), secure.port());
    private final EnvoyProcess envoy;

    /** Where the proxies listen, and at which ports the upstreams and the canaries are. */
    record Ports(int proxy, int other, int web, int secure) {}

    ProxyGate(Path folder, Function<Ports, DesiredState> state) {
        this(folder, state, names -> {});
    }

    /** Where names have answers from the beginning. */
    ProxyGate(Path folder, Function<Ports, DesiredState> state, Consumer<NameServer> answers) {
        answers.accept(names);
        var snapshot = new SnapshotCompiler().compile(state.apply(ports), Cases.GATEWAY);
        Path file = StaticConfiguration.of(new EnvoyCompiler().compile(snapshot))
                .resolvingBy(names)
                .write(folder);
        envoy = EnvoyProcess.start(RequiresEnvoy.Condition.binary(), file, folder)
                .awaitLive(Patience.LONG);
    }

    ProxyClient from(String source) {
        return ProxyClient.from(source, ports.proxy());
    }

    /** Trusts the upstreams that speak TLS. */
    SSLContext trust() {
        return authority.context();
    }

    int canaries() {
        return webCanary.connections() + secureCanary.connections();
    }

    int connections() {
        return web.connections() + secure.connections();
    }

    String accessLog() {
        return envoy.accessLog();
    }

    private EchoUpstream secureEcho() {
        var certificate = authority.server("*.test", "*.wild.test", "a.b.wild.test", "billing.example");
        try {
            return EchoUpstream.serving(certificate
                    .context(authority)
                    .getServerSocketFactory()
                    .createServerSocket(free(), 50, InetAddress.ofLiteral(PUBLIC)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static EchoUpstream echo(String address, int port) {
        try {
            return EchoUpstream.serving(new ServerSocket(port, 50, InetAddress.ofLiteral(address)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        envoy.close();
        web.close();
        webCanary.close();
        secure.close();
        secureCanary.close();
        guarded.close();
        names.close();
    }
}
