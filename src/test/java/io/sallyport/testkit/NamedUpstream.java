package io.sallyport.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on an address of loopback that says its name: as soon as it is connected to, or once something is said to it.
 * It counts its connections.
 */
public final class NamedUpstream implements AutoCloseable {
    private final String name;
    private final boolean speaksFirst;
    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();

    private NamedUpstream(String name, boolean speaksFirst, ServerSocket server) {
        this.name = name;
        this.speaksFirst = speaksFirst;
        this.server = server;
    }

    public static NamedUpstream speakingFirst(String name, String address, int port) {
        return started(new NamedUpstream(name, true, listening(address, port)));
    }

    public static NamedUpstream answering(String name, String address, int port) {
        return started(new NamedUpstream(name, false, listening(address, port)));
    }

    private static ServerSocket listening(String address, int port) {
        try {
            return new ServerSocket(port, 50, InetAddress.ofLiteral(address));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static NamedUpstream started(NamedUpstream upstream) {
        Thread.ofVirtual().name("upstream-" + upstream.name).start(upstream::accept);
        return upstream;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections were ever made to it. */
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

    private void serve(Socket socket) {
        try (socket) {
            if (speaksFirst) {
                say(socket);
            }
            while (socket.getInputStream().read(new byte[4096]) >= 0) {
                say(socket);
            }
        } catch (IOException peerIsGone) {
            // The peer may leave whenever it likes.
        }
    }

    private void say(Socket socket) throws IOException {
        socket.getOutputStream().write((name + "\n").getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
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
