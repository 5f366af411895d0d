package io.sallyport.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The external service of the example: says hello in clear and over TLS, and what it was asked. */
final class ExampleUpstream implements AutoCloseable {

    private final HttpServer clear;
    private final HttpServer secure;

    private ExampleUpstream(HttpServer clear, HttpServer secure) {
        this.clear = clear;
        this.secure = secure;
    }

    static ExampleUpstream start(int httpPort, int tlsPort, SelfSigned certificate) {
        try {
            var clear = HttpServer.create(loopback(httpPort), 0);
            var secure = HttpsServer.create(loopback(tlsPort), 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
            return new ExampleUpstream(listening(clear, "in clear"), listening(secure, "over TLS"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        clear.stop(0);
        secure.stop(0);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static HttpServer listening(HttpServer server, String how) {
        server.createContext("/", exchange -> answer(exchange, how));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, String how) throws IOException {
        var text = "Hello from %s, asked %s for %s %s\n"
                .formatted(
                        exchange.getRequestHeaders().getFirst("Host"),
                        how,
                        exchange.getRequestMethod(),
                        exchange.getRequestURI());
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
