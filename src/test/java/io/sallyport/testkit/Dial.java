package io.sallyport.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A connection to a port of 127.0.0.1 from another address of loopback: what is said first, and what is heard then. */
public final class Dial {
    /** What is heard of somebody who hangs up. */
    public static final String HUNG_UP = "(hung up)";

    /** What is heard of somebody who says nothing. */
    public static final String SILENCE = "(silence)";

    private Dial() {}

    /** The first line that comes back. */
    public static String hear(String from, int port, byte[]... said) {
        try (Socket socket = open(from, port)) {
            return hear(socket, said);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same on a connection that is there. */
    public static String hear(Socket socket, byte[]... said) throws IOException {
        try {
            for (byte[] some : said) {
                socket.getOutputStream().write(some);
            }
            return line(socket);
        } catch (SocketTimeoutException nothing) {
            return SILENCE;
        } catch (SocketException cut) {
            return HUNG_UP;
        }
    }

    public static Socket open(String from, int port) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.setSoTimeout(Patience.MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), Patience.MILLIS);
        return socket;
    }

    private static String line(Socket socket) throws IOException {
        String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1)).readLine();
        return line == null ? HUNG_UP : line;
    }
}
