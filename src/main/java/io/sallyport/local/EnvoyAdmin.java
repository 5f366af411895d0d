package io.sallyport.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** The admin interface of an Envoy, on a Unix socket or a loopback port. */
public record EnvoyAdmin(SocketAddress address) {
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** Reads what {@code --admin-address-path} wrote: a socket's path, or {@code address:port}. */
    public static EnvoyAdmin parse(String address) {
        if (address.startsWith("/")) {
            return new EnvoyAdmin(UnixDomainSocketAddress.of(address));
        }
        int colon = address.lastIndexOf(':');
        return new EnvoyAdmin(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
    }

    public String get(String path) {
        return body(ask("GET", path));
    }

    public String post(String path) {
        return body(ask("POST", path));
    }

    public boolean isLive() {
        try {
            return ask("GET", "/ready").startsWith("HTTP/1.1 200");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private String ask(String method, String path) {
        String request = "%s %s HTTP/1.1\r\nhost: admin\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                .formatted(method, path);
        try (SocketChannel channel = SocketChannel.open(address)) {
            channel.write(ByteBuffer.wrap(request.getBytes(UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String body(String answer) {
        int end = answer.indexOf(END_OF_HEAD);
        String body = answer.substring(end + END_OF_HEAD.length());
        boolean chunked = answer.substring(0, end).contains("transfer-encoding: chunked");
        byte[] bytes = chunked ? joined(body) : body.getBytes(ISO_8859_1);
        return new String(bytes, UTF_8);
    }

    private static byte[] joined(String chunks) {
        var bytes = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int line = chunks.indexOf("\r\n", at);
            int length = Integer.parseInt(chunks.substring(at, line), 16);
            if (length == 0) {
                return bytes.toByteArray();
            }
            bytes.writeBytes(chunks.substring(line + 2, line + 2 + length).getBytes(ISO_8859_1));
            at = line + 2 + length + 2;
        }
    }
}
