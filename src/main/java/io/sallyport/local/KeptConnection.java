package io.sallyport.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One HTTP/1.1 connection that asks one thing after the other. */
final class KeptConnection implements AutoCloseable {
    private static final int PATIENCE = 20_000;

    private final Socket socket = new Socket();
    private final InputStream input;

    KeptConnection(String from, int port) {
        try {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE);
            input = new BufferedInputStream(socket.getInputStream());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int localPort() {
        return socket.getLocalPort();
    }

    /** The status of a GET for that host; the answer says its length. */
    int get(String host) {
        try {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host).getBytes(StandardCharsets.ISO_8859_1));
            String first = line();
            int space = first.indexOf(' ');
            int status = Integer.parseInt(first.substring(space + 1, space + 4));
            input.skipNBytes(bodyLength());
            return status;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private int bodyLength() throws IOException {
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        return length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new IOException("the connection was closed");
            }
            line.append((char) next);
        }
        return line.toString().strip();
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
