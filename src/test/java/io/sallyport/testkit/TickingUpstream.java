package io.sallyport.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Says something fifty times a second to whoever is connected, until one of them hangs up. */
public final class TickingUpstream implements AutoCloseable {
    private static final byte[] TICK = "tick\n".getBytes(ISO_8859_1);

    private final ServerSocket server;
    private final String greeting;

    private TickingUpstream(String greeting) {
        this.greeting = greeting;
        try {
            server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers whatever it is asked. */
    public static TickingUpstream ofHttp() {
        return new TickingUpstream("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
    }

    /** Speaks first, and does not listen. */
    public static TickingUpstream ofTcp() {
        return new TickingUpstream("");
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> tick(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void tick(Socket socket) {
        try (socket) {
            if (!greeting.isEmpty() && socket.getInputStream().read() >= 0) {
                socket.getOutputStream().write(greeting.getBytes(ISO_8859_1));
            }
            while (!server.isClosed()) {
                socket.getOutputStream().write(TICK);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } catch (IOException hungUp) {
            // Whoever listened is gone.
        }
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
