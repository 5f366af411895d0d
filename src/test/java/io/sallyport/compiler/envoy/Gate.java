package io.sallyport.compiler.envoy;

import static io.sallyport.local.Ports.free;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A real Envoy that runs a state without a control plane, and the two upstreams behind it. */
final class Gate implements AutoCloseable {
    private final HttpServer web;
    private final ServerSocket secure;
    private final AtomicInteger hellos = new AtomicInteger();
    private final EnvoyProcess envoy;
    private final Ports ports;

    /** Where the gateway listens and where its upstreams are. */
    record Ports(int http, int tls, int web, int secure) {}

    Gate(Path folder, Function<Ports, DesiredState> state) throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            byte[] seen = exchange.getRequestHeaders().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, seen.length);
            exchange.getResponseBody().write(seen);
            exchange.close();
        });
        web.start();
        secure = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::acceptAndHangUp);
        ports = new Ports(free(), free(), web.getAddress().getPort(), secure.getLocalPort());
        envoy = EnvoyProcess.start(RequiresEnvoy.Condition.binary(), configuration(folder, state.apply(ports)), folder)
                .awaitLive(Patience.LONG);
    }

    private static Path configuration(Path folder, DesiredState state) {
        Snapshot snapshot = new SnapshotCompiler().compile(state, Cases.GATEWAY);
        return StaticConfiguration.of(new EnvoyCompiler().compile(snapshot)).write(folder);
    }

    private void acceptAndHangUp() {
        while (!secure.isClosed()) {
            try {
                Socket connection = secure.accept();
                hellos.incrementAndGet();
                connection.close();
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** The whole answer to a GET for the host, from an address of loopback. */
    String get(String source, String host, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return ask(source, "GET /p HTTP/1.1\r\nHost: %s\r\n%s\r\n".formatted(host, more));
    }

    String ask(String source, String request) {
        try (RawHttp http = RawHttp.connect(source, ports.http())) {
            RawHttp.Answer answer = http.send(request);
            return answer.head() + answer.body();
        }
    }

    /** Sends the first message of a TLS handshake; whoever is behind the gateway hangs up. */
    void greet(String source, List<String> serverNames) throws IOException {
        try (Socket socket = connected(source, ports.tls())) {
            var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
            try (SSLSocket tls = (SSLSocket) factory.createSocket(socket, null, ports.tls(), true)) {
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setServerNames(serverNames.stream()
                        .map(name -> (javax.net.ssl.SNIServerName) new SNIHostName(name))
                        .toList());
                tls.setSSLParameters(parameters);
                tls.startHandshake();
            } catch (SSLException | java.net.SocketException hungUp) {
                return;
            }
        }
    }

    /** How many connections have come to the upstream that speaks TLS. */
    int hellos() {
        return hellos.get();
    }

    String accessLog() {
        return envoy.accessLog();
    }

    private static Socket connected(String source, int port) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(source, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Patience.MILLIS);
        socket.setSoTimeout(Patience.MILLIS);
        return socket;
    }

    @Override
    public void close() throws IOException {
        envoy.close();
        web.stop(0);
        secure.close();
    }
}
