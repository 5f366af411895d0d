package io.sallyport.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A web server at an address of loopback. It says that address; it fails, or keeps requests waiting, when told to. */
public final class WebUpstream implements AutoCloseable {
    private final HttpServer server;
    private final String address;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Queue<String> hosts = new ConcurrentLinkedQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);

    private WebUpstream(HttpServer server, String address) {
        this.server = server;
        this.address = address;
    }

    public static WebUpstream at(String address, int port) {
        try {
            return serving(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0), address);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same over TLS. */
    public static WebUpstream securelyAt(String address, int port, SSLContext context) {
        try {
            var server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), port), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return serving(server, address);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static WebUpstream serving(HttpServer server, String address) {
        var upstream = new WebUpstream(server, address);
        server.createContext("/", upstream::answer);
        server.createContext("/waiting", upstream::wait);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return upstream;
    }

    /** From now on it answers 500 to what asks for this path. */
    public WebUpstream failingAt(String path) {
        failing.add(path);
        return this;
    }

    /** Whom requests asked for, with the path: {@code host/path}. */
    public Queue<String> asked() {
        return hosts;
    }

    /** Lets go what waits at {@code /waiting}. */
    public void release() {
        released.countDown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        hosts.add(exchange.getRequestHeaders().getFirst("Host") + path);
        byte[] body = address.getBytes(UTF_8);
        exchange.sendResponseHeaders(failing.contains(path) ? 500 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void wait(HttpExchange exchange) throws IOException {
        try {
            released.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        answer(exchange);
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }
}
