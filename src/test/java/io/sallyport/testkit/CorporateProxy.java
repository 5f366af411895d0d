package io.sallyport.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A forward proxy at an address of loopback: CONNECT and whole URLs, one request for each connection. It connects to one
 * address, whatever host is asked for, at the port that is asked for, and keeps the heads of all that it was asked.
 */
public final class CorporateProxy implements AutoCloseable {
    private final ServerSocket server;
    private final InetAddress internet;
    private final String credential;
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();

    private CorporateProxy(ServerSocket server, InetAddress internet, String credential) {
        this.server = server;
        this.internet = internet;
        this.credential = credential;
    }

    /** One that answers 407 to whoever does not send this {@code Proxy-Authorization}; to nobody where it is empty. */
    public static CorporateProxy start(String at, String internet, String credential) {
        try {
            var server = new ServerSocket(0, 50, InetAddress.ofLiteral(at));
            var proxy = new CorporateProxy(server, InetAddress.ofLiteral(internet), credential);
            Thread.ofVirtual().name("corporate-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The request line and headers of every request so far. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            heads.add(head);
            if (!isAllowed(head)) {
                say(client, "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
                return;
            }
            String asked = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/"));
            if (head.startsWith("CONNECT ")) {
                tunnel(client, Integer.parseInt(asked.substring(asked.lastIndexOf(':') + 1)));
            } else {
                forward(client, head, URI.create(asked));
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException given) {
            // Whoever asks for nonsense, or leaves, gets no answer.
        }
    }

    private boolean isAllowed(String head) {
        return credential.isEmpty() || head.lines().anyMatch(("proxy-authorization: " + credential)::equals);
    }

    private void tunnel(Socket client, int port) throws IOException {
        try (var upstream = new Socket(internet, port)) {
            say(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            join(client, upstream);
        }
    }

    private void forward(Socket client, String head, URI url) throws IOException {
        try (var upstream = new Socket(internet, url.getPort() < 0 ? 80 : url.getPort())) {
            say(upstream, head.replaceFirst(" \\S+ ", " " + url.getRawPath() + " "));
            join(client, upstream);
        }
    }

    private static void join(Socket client, Socket upstream) throws IOException {
        Thread.ofVirtual().start(() -> copy(upstream, client));
        copy(client, upstream);
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            // One side has left; the other will see it.
        }
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String head(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            bytes.write(next);
            if (bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return bytes.toString(ISO_8859_1);
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
