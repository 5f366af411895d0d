package io.sallyport.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The first message of a TLS handshake (RFC 8446, section 4.1.2), with a server name of any form: no library sends those. */
public final class ClientHello {
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int TLS_1_2 = 0x0303;
    private static final int AES_128_GCM_SHA256 = 0x1301;
    private static final int SERVER_NAME = 0;
    private static final int SUPPORTED_VERSIONS = 43;

    private ClientHello() {}

    public static byte[] naming(String serverName) {
        byte[] name = serverName.getBytes(ISO_8859_1);
        byte[] entry = join(new byte[] {0}, sized(name));
        return message(join(extension(SERVER_NAME, sized(entry)), versions()));
    }

    public static byte[] withoutName() {
        return message(versions());
    }

    private static byte[] versions() {
        return extension(SUPPORTED_VERSIONS, new byte[] {2, 3, 4});
    }

    private static byte[] message(byte[] extensions) {
        byte[] body = join(
                number(TLS_1_2),
                new byte[32],
                new byte[] {0},
                sized(number(AES_128_GCM_SHA256)),
                new byte[] {1, 0},
                sized(extensions));
        byte[] handshake = join(new byte[] {CLIENT_HELLO, 0}, sized(body));
        return join(new byte[] {HANDSHAKE}, number(0x0301), sized(handshake));
    }

    private static byte[] extension(int type, byte[] content) {
        return join(number(type), sized(content));
    }

    private static byte[] sized(byte[] content) {
        return join(number(content.length), content);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Short.BYTES).putShort((short) value).array();
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
