package io.sallyport.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers each HTTP request with the head that reached it, says where it is, and counts its connections. */
public final class EchoUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();

    private EchoUpstream(ServerSocket server) {
        this.server = server;
    }

    public static EchoUpstream start() {
        try {
            return serving(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** At another address of loopback. */
    public static EchoUpstream at(String address, int port) {
        try {
            return serving(new ServerSocket(port, 50, InetAddress.ofLiteral(address)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Over a socket of whatever kind, TLS for example. */
    public static EchoUpstream serving(ServerSocket server) {
        var upstream = new EchoUpstream(server);
        Thread.ofVirtual().name("echo-upstream").start(upstream::accept);
        return upstream;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections were ever made to it, whatever was sent on them. */
    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\ncontent-length: %d\r\nx-upstream: %s\r\n\r\n%s"
                                .formatted(
                                        head.length(), socket.getLocalAddress().getHostAddress(), head)
                                .getBytes(ISO_8859_1));
                socket.getOutputStream().flush();
            }
        } catch (IOException peerIsGone) {
            // The peer may leave whenever it likes; there is nobody left to answer.
        }
    }

    private static String head(BufferedReader in) throws IOException {
        var head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
