package io.sallyport.local.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.domain.decision.Approach;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP/1.1, as it is written. */
record Http1(Socket socket) implements Conversation {
    private static final Pattern HEAD = Pattern.compile("HTTP/1\\.[01] (\\d{3})(.*)", Pattern.DOTALL);
    private static final Pattern UPSTREAM = Pattern.compile("\r\n" + Upstreams.HEADER + ": (\\S+)\r\n");
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");

    @Override
    public Answer ask(Approach.HttpRequest request, boolean isDouble, List<String> token) throws IOException {
        String target = isDouble ? "http://" + request.authority() + request.path() : request.path();
        String host = isDouble ? "elsewhere.invalid" : request.authority();
        return exchange("%s %s HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
                .formatted(request.method(), target, host, authorization(token))
                .getBytes(UTF_8));
    }

    @Override
    public Answer open(Approach.Tunnel tunnel, List<String> token) throws IOException {
        return exchange("CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
                .formatted(tunnel.authority(), tunnel.authority(), authorization(token))
                .getBytes(UTF_8));
    }

    @Override
    public Answer inside(byte[] said) throws IOException {
        return exchange(said);
    }

    private static String authorization(List<String> token) {
        return token.isEmpty() ? "" : "Proxy-Authorization: Bearer " + token.getFirst() + "\r\n";
    }

    private Answer exchange(byte[] said) throws IOException {
        socket.getOutputStream().write(said);
        socket.getOutputStream().flush();
        return read(socket.getInputStream());
    }

    // Byte by byte, for what follows an open tunnel is not ours to read.
    private static Answer read(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (!isWhole(text)) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        if (text.isEmpty()) {
            throw new EOFException("no answer");
        }
        return parsed(text.toString());
    }

    private static boolean isWhole(StringBuilder text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(text.substring(0, end + 2).toLowerCase(Locale.ROOT));
        return !length.find() || text.length() >= end + 4 + Integer.parseInt(length.group(1));
    }

    static Answer parsed(String text) throws ProtocolException {
        Matcher head = HEAD.matcher(text);
        if (!head.matches()) {
            throw new ProtocolException("no HTTP: " + text);
        }
        Matcher upstream = UPSTREAM.matcher(text.toLowerCase(Locale.ROOT));
        return new Answer(Integer.parseInt(head.group(1)), upstream.find() ? upstream.group(1) : "", head.group(2));
    }

    static Answer parsed(byte[] text) throws ProtocolException {
        return parsed(new String(text, ISO_8859_1));
    }
}
