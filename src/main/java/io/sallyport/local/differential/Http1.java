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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** HTTP/1.1, as it is written. */
record Http1(Socket socket) implements Conversation {
    private static final Pattern HEAD = Pattern.compile("HTTP/1\\.[01] (\\d{3})(.*)", Pattern.DOTALL);
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");

    @Override
    public Answer ask(Approach.HttpRequest request, Manner manner, boolean isDouble, List<Shown> token)
            throws IOException {
        String target = isDouble ? "http://" + request.authority() + request.path() : request.path();
        String host = isDouble ? "elsewhere.invalid" : request.authority();
        return exchange("%s %s HTTP/1.1\r\nHost: %s\r\n%s%s%sConnection: close\r\n\r\n%s"
                .formatted(
                        request.method(),
                        target,
                        host,
                        headers(request),
                        authorization(token),
                        manner.bodyBytes() > 0 ? "Content-Length: " + manner.bodyBytes() + "\r\n" : "",
                        "x".repeat(manner.bodyBytes()))
                .getBytes(UTF_8));
    }

    private static String headers(Approach.HttpRequest request) {
        return Manner.headers(request).stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining());
    }

    @Override
    public Answer open(Approach.Tunnel tunnel, List<Shown> token) throws IOException {
        return exchange("CONNECT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n"
                .formatted(tunnel.authority(), tunnel.authority(), authorization(token))
                .getBytes(UTF_8));
    }

    @Override
    public Answer inside(byte[] said) throws IOException {
        return exchange(said);
    }

    private static String authorization(List<Shown> token) {
        return token.stream()
                .map(shown -> shown.header() + ": " + shown.value() + "\r\n")
                .collect(Collectors.joining());
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
        int end = text.indexOf("\r\n\r\n");
        return new Answer(
                Integer.parseInt(head.group(1)),
                fields(text.substring(0, Math.max(0, end))),
                end < 0 ? head.group(2) : text.substring(end + 4));
    }

    /** The fields below a first line. */
    static SortedMap<String, String> fields(String head) {
        SortedMap<String, String> fields = new TreeMap<>();
        head.lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                Received.put(
                        fields,
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    static Answer parsed(byte[] text) throws ProtocolException {
        return parsed(new String(text, ISO_8859_1));
    }
}
