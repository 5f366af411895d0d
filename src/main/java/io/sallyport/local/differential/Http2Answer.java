package io.sallyport.local.differential;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.SortedMap;

/** A server's side of HTTP/2 that answers one request with where it is, and what it saw. */
final class Http2Answer {
    private static final int PREFACE = 24;
    private static final String OK = "200";

    private Http2Answer() {}

    static void to(Socket socket, SortedMap<String, String> answer) throws IOException {
        socket.getInputStream().readNBytes(PREFACE);
        var frames = new Http2Frames(socket);
        frames.write(Http2Frames.SETTINGS, 0, 0, new byte[0]);
        Http2Frames.Frame request = frames.next();
        if (request.type() == Http2Frames.HEADERS) {
            int flags = Http2Frames.END_STREAM | Http2Frames.END_HEADERS;
            frames.write(Http2Frames.HEADERS, flags, 1, Http2.encoded(head(answer, received(request.content()))));
            awaitEnd(frames);
        }
    }

    private static Http2Headers head(SortedMap<String, String> answer, Received received) {
        Http2Headers headers = new DefaultHttp2Headers(false).status(OK);
        answer.forEach(headers::add);
        return headers.add(Received.HEADER, received.encoded());
    }

    private static Received received(byte[] head) throws ProtocolException {
        Http2Headers headers = Http2.decoded(new DefaultHttp2HeadersDecoder(false), head);
        return new Received(
                headers.method().toString(),
                headers.authority().toString(),
                headers.path().toString(),
                Http2.fields(headers));
    }

    // One request a connection: whoever comes again is told by its end.
    private static void awaitEnd(Http2Frames frames) throws IOException {
        frames.write(Http2Frames.GO_AWAY, 0, 0, new byte[] {0, 0, 0, 1, 0, 0, 0, 0});
        frames.next();
    }
}
