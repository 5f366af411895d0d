package io.sallyport.local.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Approach.Connection;
import io.sallyport.domain.decision.Approach.HttpRequest;
import io.sallyport.domain.decision.Approach.Tunnel;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.Listener.Protocol;
import io.sallyport.domain.network.IpAddress;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;

/** Makes a request at the gateway and tells what came of it. */
final class Probe {
    private static final byte[] GET = "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
            .formatted(ClientHello.MARK)
            .getBytes(UTF_8);

    private static final String PROXY = "127.0.0.9";

    /** What came of it, and the port that it was made from. */
    record Seen(int sourcePort, Outcome outcome) {}

    Seen run(Attempt attempt, Listener listener, int port) {
        boolean isProxied = listener.acceptsProxyProtocol();
        try (Socket socket =
                Wire.connect(isProxied ? PROXY : attempt.peer().address().value(), port)) {
            if (isProxied) {
                socket.getOutputStream().write(header(attempt, socket.getLocalPort()));
            }
            return new Seen(socket.getLocalPort(), outcome(attempt, listener, socket));
        } catch (IOException failed) {
            return new Seen(0, new Outcome.Broken(failed.toString()));
        }
    }

    // Version 1, in the clear.
    private static byte[] header(Attempt attempt, int sourcePort) {
        return "PROXY TCP4 %s 127.0.0.1 %d 443\r\n"
                .formatted(attempt.peer().address(), sourcePort)
                .getBytes(UTF_8);
    }

    private static Outcome outcome(Attempt attempt, Listener listener, Socket socket) throws IOException {
        try {
            return switch (attempt.approach()) {
                case HttpRequest request -> Wire.exchange(socket, written(request, attempt, listener));
                case Tunnel tunnel -> throughTunnel(socket, tunnel, attempt);
                case Approach.ClientHello hello -> Wire.exchange(socket, ClientHello.of(hello.serverName()));
                case Connection connection -> Wire.exchange(socket, GET);
            };
        } catch (SocketTimeoutException silent) {
            return new Outcome.Broken("no answer");
        } catch (SocketException hungUp) {
            return new Outcome.Refused(0, "");
        }
    }

    private static byte[] written(HttpRequest request, Attempt attempt, Listener listener) {
        boolean isAbsolute = (attempt.isAbsolute() || listener.protocol() == Protocol.CONNECT)
                && RandomAttempt.isOneInTargets(request.authority());
        String target = isAbsolute ? "http://" + request.authority() + request.path() : request.path();
        String host = isAbsolute ? "elsewhere.invalid" : request.authority();
        return "%s %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
                .formatted(request.method(), target, host, authorization(attempt))
                .getBytes(UTF_8);
    }

    private static Outcome throughTunnel(Socket socket, Tunnel tunnel, Attempt attempt) throws IOException {
        String connect = "CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
                .formatted(tunnel.authority(), tunnel.authority(), authorization(attempt));
        Optional<Outcome> refusal = Wire.open(socket, connect.getBytes(UTF_8));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String host = tunnel.authority().replaceFirst(":.*", "");
        boolean isAddress = IpAddress.isValid(host.replaceFirst("[.]$", ""));
        return tunnel.authority().matches(".*:(8443|443)")
                ? Wire.exchange(socket, ClientHello.of(isAddress ? List.of() : List.of(host)))
                : Wire.exchange(socket, GET);
    }

    private static String authorization(Attempt attempt) {
        return attempt.peer().token().stream()
                .filter(Peer.Token.Proven.class::isInstance)
                .map(token ->
                        "Proxy-Authorization: Bearer " + Tokens.signed(((Peer.Token.Proven) token).identity()) + "\r\n")
                .findFirst()
                .orElse("");
    }
}
