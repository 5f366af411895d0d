package io.sallyport.local.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Approach.Connection;
import io.sallyport.domain.decision.Approach.HttpRequest;
import io.sallyport.domain.decision.Approach.Tunnel;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** Makes a request at the gateway and tells what came of it. */
final class Probe {
    private static final byte[] GET =
            "GET / HTTP/1.1\r\nHost: inside.example\r\nConnection: close\r\n\r\n".getBytes(UTF_8);

    /** What came of it, and the port that it was made from. */
    record Seen(int sourcePort, Outcome outcome) {}

    Seen run(Attempt attempt, int port) {
        String from = attempt.peer().address().value();
        try (Socket socket = Wire.connect(from, port)) {
            return new Seen(socket.getLocalPort(), outcome(attempt, socket));
        } catch (IOException failed) {
            return new Seen(0, new Outcome.Broken(failed.toString()));
        }
    }

    private Outcome outcome(Attempt attempt, Socket socket) throws IOException {
        try {
            return switch (attempt.approach()) {
                case HttpRequest request ->
                    Wire.exchange(socket, written(request, attempt.isAbsolute()).getBytes(UTF_8));
                case Approach.ClientHello hello -> Wire.exchange(socket, ClientHello.of(hello.serverName()));
                case Tunnel tunnel -> throw new UnsupportedOperationException("tunnel");
                case Connection connection -> Wire.exchange(socket, GET);
            };
        } catch (SocketTimeoutException silent) {
            return new Outcome.Broken("no answer");
        } catch (SocketException hungUp) {
            return new Outcome.Refused(0, "");
        }
    }

    private static String written(HttpRequest request, boolean isAbsolute) {
        String target = isAbsolute ? "http://" + request.authority() + request.path() : request.path();
        String host = isAbsolute ? "elsewhere.invalid" : request.authority();
        return "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(request.method(), target, host);
    }
}
