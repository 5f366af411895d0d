package io.sallyport.local.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.sallyport.domain.decision.Approach;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.net.ssl.SSLSocket;

/** HTTP/2 (RFC 9113) with one stream, and headers of any content: no client sends those. */
final class Http2 implements Conversation {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int NO_HTTP = 400;

    private final Http2Frames frames;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private final String scheme;

    Http2(Socket socket) throws IOException {
        scheme = socket instanceof SSLSocket ? "https" : "http";
        frames = new Http2Frames(socket);
        socket.getOutputStream().write(PREFACE.getBytes(ISO_8859_1));
        frames.write(Http2Frames.SETTINGS, 0, 0, new byte[0]);
    }

    @Override
    public Answer ask(Approach.HttpRequest request, Manner manner, boolean isDouble, List<Shown> token)
            throws IOException {
        Http2Headers headers = head(request.method(), request.authority(), token)
                .scheme(scheme)
                .path(request.path());
        Manner.headers(request).forEach(header -> headers.add(header.getKey(), header.getValue()));
        if (manner.bodyBytes() > 0) {
            headers.add("content-length", Integer.toString(manner.bodyBytes()));
        }
        if (isDouble) {
            headers.add("host", "elsewhere.invalid");
        }
        return manner.bodyBytes() == 0
                ? answer(headers, Http2Frames.END_STREAM, new byte[0])
                : answer(headers, 0, "x".repeat(manner.bodyBytes()).getBytes(ISO_8859_1));
    }

    @Override
    public Answer open(Approach.Tunnel tunnel, List<Shown> token) throws IOException {
        return answer(head("CONNECT", tunnel.authority(), token), 0, new byte[0]);
    }

    private static Http2Headers head(String method, String authority, List<Shown> token) {
        Http2Headers headers = new DefaultHttp2Headers(false)
                .method(method)
                .authority(new AsciiString(authority.getBytes(UTF_8), false));
        token.forEach(shown -> headers.add(shown.header(), shown.value()));
        return headers;
    }

    // What is no HTTP is not always told so: the stream is reset, or the connection closed.
    private Answer answer(Http2Headers headers, int flags, byte[] content) throws IOException {
        frames.write(Http2Frames.HEADERS, flags | Http2Frames.END_HEADERS, 1, encoded(headers));
        if (content.length > 0) {
            frames.write(Http2Frames.DATA, Http2Frames.END_STREAM, 1, content);
        }
        Http2Frames.Frame first = frames.next();
        if (first.type() != Http2Frames.HEADERS) {
            return new Answer(NO_HTTP);
        }
        Http2Headers found = decoded(first.content());
        int status = Integer.parseInt(found.status().toString());
        boolean isTunnel = (flags & Http2Frames.END_STREAM) == 0 && content.length == 0 && status < 300;
        if (!isTunnel && !first.endsStream()) {
            readBody();
        }
        return new Answer(status, fields(found), body.toString(ISO_8859_1));
    }

    @Override
    public Answer inside(byte[] said) throws IOException {
        frames.write(Http2Frames.DATA, 0, 1, said);
        while (!body.toString(ISO_8859_1).contains("\r\n\r\n")) {
            Http2Frames.Frame frame = frames.next();
            if (frame.type() != Http2Frames.DATA) {
                throw new EOFException("closed");
            }
            body.write(frame.content());
            if (frame.endsStream() && body.size() == 0) {
                throw new EOFException("closed");
            }
        }
        return Http1.parsed(body.toByteArray());
    }

    private void readBody() throws IOException {
        Http2Frames.Frame frame;
        do {
            frame = frames.next();
            if (frame.type() != Http2Frames.DATA) {
                return;
            }
            body.write(frame.content());
        } while (!frame.endsStream());
    }

    /** All but those that begin with a colon. */
    static SortedMap<String, String> fields(Http2Headers headers) {
        SortedMap<String, String> fields = new TreeMap<>();
        headers.forEach(header -> {
            if (header.getKey().charAt(0) != ':') {
                Received.put(
                        fields, header.getKey().toString(), header.getValue().toString());
            }
        });
        return fields;
    }

    static byte[] encoded(Http2Headers headers) throws ProtocolException {
        ByteBuf buffer = Unpooled.buffer();
        try {
            new DefaultHttp2HeadersEncoder().encodeHeaders(1, headers, buffer);
        } catch (Http2Exception failed) {
            throw new ProtocolException(failed.getMessage());
        }
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    private Http2Headers decoded(byte[] content) throws ProtocolException {
        return decoded(decoder, content);
    }

    static Http2Headers decoded(DefaultHttp2HeadersDecoder decoder, byte[] content) throws ProtocolException {
        try {
            return decoder.decodeHeaders(1, Unpooled.wrappedBuffer(content));
        } catch (Http2Exception failed) {
            throw new ProtocolException(failed.getMessage());
        }
    }
}
