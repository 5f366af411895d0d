package io.sallyport.local.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A server that speaks TLS with gateways, and tells sources who it is as soon as they greet it. */
final class SecureUpstream implements AutoCloseable {
    private static final String HTTP_2 = "h2";
    private static final int LONGEST_HELLO = 16_384;

    private final ServerSocket server;
    private final SSLContext context;
    private final Runnable count;

    private SecureUpstream(ServerSocket server, SSLContext context, Runnable count) {
        this.server = server;
        this.context = context;
        this.count = count;
    }

    /** @param count is told of each connection */
    static SecureUpstream start(String address, int port, SSLContext context, Runnable count) {
        try {
            var upstream =
                    new SecureUpstream(new ServerSocket(port, 50, InetAddress.ofLiteral(address)), context, count);
            Thread.startVirtualThread(upstream::accept);
            return upstream;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                count.run();
                Thread.startVirtualThread(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            byte[] buffer = new byte[LONGEST_HELLO];
            int length = Math.max(0, connection.getInputStream().read(buffer));
            if (new String(buffer, 0, length, ISO_8859_1).contains(ClientHello.MARK)) {
                answer(connection, List.of());
                return;
            }
            var read = new ByteArrayInputStream(Arrays.copyOf(buffer, length));
            try (SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(connection, read, true)) {
                SSLParameters parameters = tls.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {HTTP_2, "http/1.1"});
                tls.setSSLParameters(parameters);
                tls.startHandshake();
                if (tls.getApplicationProtocol().equals(HTTP_2)) {
                    Http2Answer.to(tls, Upstreams.saying(place()));
                } else {
                    answer(tls, received(readHead(tls.getInputStream())));
                }
            }
        } catch (IOException gone) {
            // Whoever hung up needs no answer.
            return;
        }
    }

    private static String readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        readBody(in, Http1.fields(head.toString()));
        return head.toString();
    }

    // What is not read is a reason to reset, and the answer with it.
    private static void readBody(InputStream in, SortedMap<String, String> fields) throws IOException {
        in.readNBytes(Integer.parseInt(fields.getOrDefault("content-length", "0")));
    }

    private static List<Received> received(String head) {
        String[] target = head.lines().findFirst().orElse("").split(" ", 3);
        SortedMap<String, String> fields = Http1.fields(head);
        String host = fields.getOrDefault("host", "");
        fields.remove("host");
        return target.length < 3 ? List.of() : List.of(new Received(target[0], host, target[1], fields));
    }

    private String place() {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    private void answer(Socket socket, List<Received> received) throws IOException {
        SortedMap<String, String> answer = Upstreams.saying(place());
        received.forEach(seen -> answer.put(Received.HEADER, seen.encoded()));
        String fields = answer.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue() + "\r\n")
                .collect(Collectors.joining());
        socket.getOutputStream()
                .write("HTTP/1.1 200 OK\r\n%scontent-length: 0\r\nconnection: close\r\n\r\n"
                        .formatted(fields)
                        .getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
