package io.sallyport.compiler.envoy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers with a byte a second, and at {@code /ws} as a WebSocket that says what it hears up to a full stop. */
final class SlowUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final int seconds;

    private SlowUpstream(ServerSocket server, int seconds) {
        this.server = server;
        this.seconds = seconds;
    }

    static SlowUpstream lasting(int seconds, String address, int port) {
        try {
            var upstream = new SlowUpstream(new ServerSocket(port, 50, InetAddress.ofLiteral(address)), seconds);
            Thread.ofVirtual().start(upstream::serve);
            return upstream;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            if (read(socket, "\r\n\r\n").startsWith("GET /ws ")) {
                say(socket, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                say(socket, read(socket, "."));
                return;
            }
            say(socket, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(seconds));
            for (int second = 0; second < seconds; second++) {
                new CountDownLatch(1).await(1, TimeUnit.SECONDS);
                say(socket, "x");
            }
        } catch (IOException peerIsGone) {
            // Nobody is left to answer.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Up to that end, or that of the connection. */
    static String read(Socket socket, String end) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
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
