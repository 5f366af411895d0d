package io.sallyport.local;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of loopback. */
public final class Ports {
    // Below all that systems give to connections that go out: none of those takes a port between choice and use.
    private static final int FIRST = 10_000;
    private static final int LAST = 15_999;
    private static final int TRIES = 1_000;
    // A port that was given away is held by its UDP twin, so that no other process of ours chooses the same.
    private static final Queue<DatagramSocket> HELD = new ConcurrentLinkedQueue<>();

    private Ports() {}

    /** A port that nobody listens on, and that nobody else is given as long as this process lives. */
    public static int free() {
        return ThreadLocalRandom.current()
                .ints(TRIES, FIRST, LAST + 1)
                .filter(Ports::take)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no port from %d to %d is free".formatted(FIRST, LAST)));
    }

    static boolean isTaken(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !socket.isBound();
        } catch (IOException e) {
            return true;
        }
    }

    /** At every address: what is found here may be used at any address of loopback. */
    private static boolean isUnused(int port) {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    // Held first: a look at a port of somebody else would keep him from listening there in that moment.
    private static boolean take(int port) {
        try {
            var held = new DatagramSocket(port, InetAddress.getLoopbackAddress());
            if (isUnused(port)) {
                return HELD.add(held);
            }
            held.close();
            return false;
        } catch (SocketException taken) {
            return false;
        }
    }
}
