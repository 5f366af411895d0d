package io.sallyport.testkit;

import io.sallyport.local.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire on loopback to a port, that can be cut and mended. While it is cut, nobody listens at its end. */
public final class Wire implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final int target;
    private final int port = Ports.free();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket server;

    public Wire(int target) {
        this.target = target;
        server = listen();
    }

    public int port() {
        return port;
    }

    /** Ends every connection, and refuses new ones. */
    public void cut() {
        close(server);
        sockets.forEach(Wire::close);
        sockets.clear();
    }

    public void mend() {
        server = listen();
    }

    private ServerSocket listen() {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(LOOPBACK, port));
            Thread.ofVirtual().name("wire").start(() -> accept(opened));
            return opened;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void accept(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                Socket near = opened.accept();
                Socket far = new Socket(LOOPBACK, target);
                sockets.add(near);
                sockets.add(far);
                if (opened.isClosed()) {
                    // It was cut meanwhile, and whoever cut it may not have seen these two.
                    close(near);
                    close(far);
                }
                Thread.ofVirtual().start(() -> carry(near, far));
                Thread.ofVirtual().start(() -> carry(far, near));
            } catch (IOException cut) {
                // Either it was cut, or one connection failed; the loop's condition tells.
            }
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // Both ends are closed, which is all there is to say to them.
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
