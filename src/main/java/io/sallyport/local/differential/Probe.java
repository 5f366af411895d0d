package io.sallyport.local.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.gateway.Listener;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import javax.net.ssl.SSLException;

/** Makes a request at the gateway and tells what came of it. */
final class Probe {
    private static final int PATIENCE_MILLIS = 8_000;
    private static final byte[] GET = "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
            .formatted(ClientHello.MARK)
            .getBytes(UTF_8);

    private static final String PROXY = "127.0.0.9";

    private final ClientTls clientTls = new ClientTls();

    /** What came of it, and the port that it was made from. */
    record Seen(int sourcePort, Outcome outcome) {}

    /** @param isForTls whether a tunnel leads to a port that TLS goes to */
    Seen run(Attempt attempt, Listener listener, boolean isForTls) {
        try (Socket socket = connect(attempt, listener)) {
            return new Seen(socket.getLocalPort(), outcome(attempt, listener, socket, isForTls));
        } catch (IOException failed) {
            return new Seen(0, new Outcome.Broken(failed.toString()));
        }
    }

    private static Socket connect(Attempt attempt, Listener listener) throws IOException {
        String from = listener.acceptsProxyProtocol()
                ? PROXY
                : attempt.peer().address().value();
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(
                new InetSocketAddress(
                        InetAddress.ofLiteral(listener.address().value()),
                        listener.port().value()),
                PATIENCE_MILLIS);
        if (listener.acceptsProxyProtocol()) {
            socket.getOutputStream().write(ProxyHeader.of(attempt, socket.getLocalPort()));
        }
        return socket;
    }

    private Outcome outcome(Attempt attempt, Listener listener, Socket socket, boolean isForTls) {
        try {
            return switch (attempt.approach()) {
                case Approach.HttpRequest request ->
                    conversation(attempt, listener, request.serverName(), socket)
                            .ask(request, attempt.manner(), attempt.isDouble(request, listener), token(attempt))
                            .outcome();
                case Approach.Tunnel tunnel ->
                    throughTunnel(
                            conversation(attempt, listener, List.of(), socket),
                            tunnel,
                            token(attempt),
                            TunnelContent.of(tunnel, isForTls));
                case Approach.ClientHello hello ->
                    new Http1(socket).inside(ClientHello.of(hello.serverName())).outcome();
                case Approach.Connection connection ->
                    new Http1(socket).inside(GET).outcome();
            };
        } catch (SocketTimeoutException silent) {
            return new Outcome.Broken("no answer");
        } catch (SocketException | SSLException | EOFException hungUp) {
            return new Outcome.Closed();
        } catch (IOException failed) {
            return new Outcome.Broken(failed.toString());
        }
    }

    private Conversation conversation(Attempt attempt, Listener listener, List<String> serverName, Socket socket)
            throws IOException {
        boolean isHttp2 = attempt.manner().isHttp2();
        Socket spoken = listener.tls().isEmpty()
                ? socket
                : clientTls.over(socket, attempt.peer().certificate(), serverName, isHttp2);
        return isHttp2 ? new Http2(spoken) : new Http1(spoken);
    }

    private static Outcome throughTunnel(
            Conversation conversation, Approach.Tunnel tunnel, List<Conversation.Shown> token, byte[] content)
            throws IOException {
        Answer answer = conversation.open(tunnel, token);
        if (!answer.opensTunnel()) {
            return answer.outcome();
        }
        try {
            return conversation.inside(content).outcome();
        } catch (SocketTimeoutException silent) {
            return new Outcome.Broken("no answer inside");
        } catch (SocketException | SSLException | EOFException hungUp) {
            return new Outcome.ClosedInside();
        }
    }

    private static List<Conversation.Shown> token(Attempt attempt) {
        return attempt.peer().token().stream().map(Tokens::shown).toList();
    }
}
