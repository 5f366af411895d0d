package io.sallyport.compiler.envoy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sallyport.testkit.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One connection to a forward proxy from an address of our choice, well-behaved or not. */
final class ProxyClient implements AutoCloseable {
    private final Socket socket;

    private ProxyClient(Socket socket) {
        this.socket = socket;
    }

    static ProxyClient from(String source, int port) {
        try {
            var socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(source), 0));
            socket.setSoTimeout(Patience.MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), Patience.MILLIS);
            return new ProxyClient(socket);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same over TLS to the proxy itself. */
    ProxyClient over(SSLContext context) {
        try {
            return new ProxyClient(context.getSocketFactory().createSocket(socket, "proxy.test", 443, true));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Asks for a tunnel; gives the head of the answer, and its body where it has a length. */
    String connect(String authority, String... headers) {
        return ask("CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n".formatted(authority, authority, lines(headers)));
    }

    /** Sends a head as it is, and reads one answer. */
    String ask(String request) {
        try {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            String head = head();
            return head + new String(socket.getInputStream().readNBytes(length(head)), ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A handshake inside of the tunnel, and one request; what came back, or the empty text where it was cut. */
    String secretly(SSLContext context, String... serverNames) {
        try {
            var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, 443, true);
            var parameters = tls.getSSLParameters();
            parameters.setServerNames(Arrays.stream(serverNames)
                    .map(name -> (SNIServerName) new SNIHostName(name))
                    .toList());
            tls.setSSLParameters(parameters);
            tls.getOutputStream().write("GET /hello HTTP/1.1\r\nhost: inside\r\n\r\n".getBytes(ISO_8859_1));
            return new String(tls.getInputStream().readNBytes(12), ISO_8859_1);
        } catch (SocketTimeoutException silence) {
            throw new UncheckedIOException(silence);
        } catch (IOException cut) {
            return "";
        }
    }

    /** Bytes into the tunnel as they are; what came back, or the empty text where it was cut. */
    String openly(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
        } catch (SocketTimeoutException silence) {
            throw new UncheckedIOException(silence);
        } catch (IOException cut) {
            return "";
        }
    }

    /** The same, and the first line that comes back. */
    String line(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            var line = new ByteArrayOutputStream();
            for (int next = socket.getInputStream().read(); next >= 0 && next != '\n'; ) {
                line.write(next);
                next = socket.getInputStream().read();
            }
            return line.toString(ISO_8859_1);
        } catch (SocketTimeoutException silence) {
            throw new UncheckedIOException(silence);
        } catch (IOException cut) {
            return "";
        }
    }

    /** Bytes into the tunnel, whoever may answer. */
    void begin(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String head() throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return bytes.toString(ISO_8859_1);
            }
            bytes.write(next);
        }
        return bytes.toString(ISO_8859_1);
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.startsWith("content-length:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }

    private static String lines(String... headers) {
        return String.join(
                "", List.of(headers).stream().map(line -> line + "\r\n").toList());
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
