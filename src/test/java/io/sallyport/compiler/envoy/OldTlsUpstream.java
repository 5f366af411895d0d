package io.sallyport.compiler.envoy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A server that chooses TLS 1.1 whatever it is offered, up to the client's answer to that. */
final class OldTlsUpstream implements AutoCloseable {
    private static final int HANDSHAKE = 22;
    private static final int SERVER_HELLO = 2;
    private static final short TLS_1_1 = 0x0302;
    private static final short AES_128_CBC_SHA = 0x002f;
    private static final int RANDOM = 32;
    private static final int HELLO = 2 + RANDOM + 1 + 2 + 1;

    private final ServerSocket server;

    private OldTlsUpstream(ServerSocket server) {
        this.server = server;
    }

    static OldTlsUpstream at(String address, int port) {
        try {
            var upstream = new OldTlsUpstream(new ServerSocket(port, 50, InetAddress.ofLiteral(address)));
            Thread.ofVirtual().start(upstream::serve);
            return upstream;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                byte[] heard = new byte[16_384];
                if (socket.getInputStream().read(heard) > 0) {
                    socket.getOutputStream().write(hello());
                    socket.getInputStream().read(heard);
                }
            } catch (IOException gone) {
                // The client may leave; the server may be closed.
            }
        }
    }

    // RFC 4346, section 7.4.1.3, in one record; no session, no compression.
    private static byte[] hello() {
        return ByteBuffer.allocate(5 + 4 + HELLO)
                .put((byte) HANDSHAKE)
                .putShort(TLS_1_1)
                .putShort((short) (4 + HELLO))
                .putInt(SERVER_HELLO << 24 | HELLO)
                .putShort(TLS_1_1)
                .put(new byte[RANDOM])
                .put((byte) 0)
                .putShort(AES_128_CBC_SHA)
                .put((byte) 0)
                .array();
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
