package io.sallyport.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers every request without a body alike, and keeps each of thousands of connections as long as the other side does:
 * a server that closes some makes the proxy connect anew, which costs more than what is measured.
 */
final class BenchUpstream implements AutoCloseable {
    private static final int WAITING = 1024;
    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
    private static final int[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final ServerSocket server;

    BenchUpstream() {
        try {
            server = new ServerSocket(Ports.free(), WAITING, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The bench is over.
        }
    }

    private static void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream input = new BufferedInputStream(connection.getInputStream());
            while (readHead(input)) {
                connection.getOutputStream().write(ANSWER);
            }
        } catch (IOException gone) {
            // As proxies go.
        }
    }

    private static boolean readHead(InputStream input) throws IOException {
        for (int seen = 0; seen < END_OF_HEAD.length; ) {
            int next = input.read();
            if (next < 0) {
                return false;
            }
            seen = next == END_OF_HEAD[seen] ? seen + 1 : next == '\r' ? 1 : 0;
        }
        return true;
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
