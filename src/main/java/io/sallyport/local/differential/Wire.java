package io.sallyport.local.differential;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection to a listener, and the answers that come over it. */
final class Wire {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final Pattern UPSTREAM = Pattern.compile("\r\n" + Upstreams.HEADER + ": (\\d+)\r\n");
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n", Pattern.CASE_INSENSITIVE);
    private static final Pattern RULE = Pattern.compile("\"rule\":\"([^\"]*)\"");

    private Wire() {}

    static Socket connect(String from, int port) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), PATIENCE_MILLIS);
        return socket;
    }

    /** Sends a request and reads one answer; whoever answers need not hang up. */
    static Outcome exchange(Socket socket, byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        return outcome(read(new BufferedInputStream(socket.getInputStream())));
    }

    /** Asks for a tunnel; nothing comes back once it is open, for what is read then is read by others. */
    static Optional<Outcome> open(Socket socket, byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        String answer = read(socket.getInputStream());
        return answer.startsWith("HTTP/1.1 200") ? Optional.empty() : Optional.of(outcome(answer));
    }

    private static String read(InputStream in) throws IOException {
        var answer = new StringBuilder();
        while (!isWhole(answer)) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            answer.append((char) next);
        }
        return answer.toString();
    }

    private static boolean isWhole(StringBuilder answer) {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(answer.substring(0, end + 2));
        return !length.find() || answer.length() >= end + 4 + Integer.parseInt(length.group(1));
    }

    private static Outcome outcome(String answer) {
        if (answer.isEmpty()) {
            return new Outcome.Refused(0, "");
        }
        if (!answer.matches("(?s)HTTP/1\\.[01] \\d{3}.*")) {
            return new Outcome.Broken("no HTTP: " + answer);
        }
        int status = Integer.parseInt(answer.substring(9, 12));
        Matcher upstream = UPSTREAM.matcher(answer.toLowerCase(Locale.ROOT));
        if (upstream.find()) {
            return new Outcome.Reached(Integer.parseInt(upstream.group(1)));
        }
        Matcher rule = RULE.matcher(answer);
        if (status < 400 || status >= 500) {
            return new Outcome.Broken(answer);
        }
        return new Outcome.Refused(status, rule.find() ? rule.group(1) : "");
    }
}
