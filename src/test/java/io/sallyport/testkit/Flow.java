package io.sallyport.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** A connection of loopback that stays open and counts what comes. */
public final class Flow implements AutoCloseable {
    private final Socket socket = new Socket();
    private final AtomicLong bytes = new AtomicLong();
    private final Thread reader;

    private Flow(String from, int port, byte[] first) {
        try {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream().write(first);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        reader = Thread.ofVirtual().start(this::read);
    }

    /** {@code first} are the bytes to begin with. */
    public static Flow open(String from, int port, byte[] first) {
        return new Flow(from, port, first);
    }

    /** Of a request that asks for nothing more: where it is refused, the connection ends. */
    public static Flow ofHttp(String from, int port, String host) {
        return open(
                from,
                port,
                "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                        .formatted(host)
                        .getBytes(ISO_8859_1));
    }

    public long bytes() {
        return bytes.get();
    }

    public boolean hasEnded() {
        return !reader.isAlive();
    }

    private void read() {
        byte[] buffer = new byte[4096];
        try {
            for (int count = 0; count >= 0; count = socket.getInputStream().read(buffer)) {
                bytes.addAndGet(count);
            }
        } catch (IOException cut) {
            // That is what an end may look like.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
