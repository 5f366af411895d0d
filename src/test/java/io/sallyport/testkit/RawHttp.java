package io.sallyport.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One HTTP/1.1 connection from an address of our choice, which sends what it is told to, well-formed or not. */
public final class RawHttp implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects to a port of 127.0.0.1 from another loopback address. */
    public static RawHttp connect(String from, int port) {
        try {
            var socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            socket.setSoTimeout(Patience.MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), Patience.MILLIS);
            return new RawHttp(socket);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same over TLS, which names the server so; without a name where none is given. */
    public static RawHttp connectSecurely(String from, int port, SSLContext context, String... serverNames) {
        try {
            RawHttp clear = connect(from, port);
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(clear.socket, null, port, true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setServerNames(Arrays.stream(serverNames)
                    .map(name -> (SNIServerName) new SNIHostName(name))
                    .toList());
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            return new RawHttp(tls);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** One request on a connection of its own. */
    public static Answer get(String from, int port, String authority) {
        try (var http = connect(from, port)) {
            return http.get(authority);
        }
    }

    public Answer get(String authority, String... headers) {
        String extra = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return send("GET /hello HTTP/1.1\r\nHost: %s\r\n%s\r\n".formatted(authority, extra));
    }

    /** Sends a request as it is, and reads one answer. */
    public Answer send(String request) {
        try {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return answer();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same where the answer has no body, whatever its head says. */
    public String sendHead(String request) {
        try {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            return head();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Answer answer() throws IOException {
        String head = head();
        int status = Integer.parseInt(head.substring(9, 12));
        var answer = new Answer(status, head, "");
        if (answer.header("transfer-encoding").filter("chunked"::equals).isPresent()) {
            return new Answer(status, head, chunks());
        }
        int length = answer.header("content-length").map(Integer::parseInt).orElse(0);
        return new Answer(status, head, new String(in.readNBytes(length), ISO_8859_1));
    }

    private String head() throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended after: " + bytes.toString(ISO_8859_1));
            }
            bytes.write(next);
        }
        return bytes.toString(ISO_8859_1);
    }

    private String chunks() throws IOException {
        var body = new StringBuilder();
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            body.append(new String(in.readNBytes(length), ISO_8859_1));
            in.skipNBytes(2);
        }
        in.skipNBytes(2);
        return body.toString();
    }

    private int chunkLength() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return Integer.parseInt(line.toString().strip(), 16);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What came back. */
    public record Answer(int status, String head, String body) {
        public Optional<String> header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }
    }
}
