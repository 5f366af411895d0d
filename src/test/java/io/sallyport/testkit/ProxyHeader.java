package io.sallyport.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** What comes first in the PROXY protocol (haproxy.org/download/3.0/doc/proxy-protocol.txt). */
public final class ProxyHeader {
    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    private static final int SOURCE_PORT = 40_000;

    private ProxyHeader() {}

    /** In text, for IPv4. */
    public static byte[] version1(String source, String destination, int port) {
        return "PROXY TCP4 %s %s %d %d\r\n"
                .formatted(source, destination, SOURCE_PORT, port)
                .getBytes(US_ASCII);
    }

    /** In binary; IPv6 addresses as they are, IPv4 in its clothes included. */
    public static byte[] version2(byte[] source, byte[] destination, int port) {
        int family = source.length == 4 ? 0x11 : 0x21;
        int size = source.length + destination.length + 2 * Short.BYTES;
        return ByteBuffer.allocate(SIGNATURE.length + 4 + size)
                .put(SIGNATURE)
                .put((byte) 0x21)
                .put((byte) family)
                .putShort((short) size)
                .put(source)
                .put(destination)
                .putShort((short) SOURCE_PORT)
                .putShort((short) port)
                .array();
    }

    public static byte[] version2(String source, String destination, int port) {
        return version2(
                InetAddress.ofLiteral(source).getAddress(),
                InetAddress.ofLiteral(destination).getAddress(),
                port);
    }
}
