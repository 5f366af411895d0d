package io.sallyport.local.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;

/** A server's side of HTTP/2 that answers one request with where it is. */
final class Http2Answer {
    private static final int PREFACE = 24;
    // The eighth of the static table (RFC 7541, appendix A): :status 200.
    private static final int STATUS_OK = 0x88;

    private Http2Answer() {}

    static void to(Socket socket, String place) throws IOException {
        socket.getInputStream().readNBytes(PREFACE);
        var frames = new Http2Frames(socket);
        frames.write(Http2Frames.SETTINGS, 0, 0, new byte[0]);
        Http2Frames.Frame request = frames.next();
        if (request.type() == Http2Frames.HEADERS) {
            int flags = Http2Frames.END_STREAM | Http2Frames.END_HEADERS;
            frames.write(Http2Frames.HEADERS, flags, 1, head(place));
            awaitEnd(frames);
        }
    }

    // A literal that nobody is to remember, in plain text.
    private static byte[] head(String place) {
        var head = new ByteArrayOutputStream();
        head.write(STATUS_OK);
        head.write(0);
        for (String text : new String[] {Upstreams.HEADER, place}) {
            head.write(text.length());
            head.writeBytes(text.getBytes(ISO_8859_1));
        }
        return head.toByteArray();
    }

    // One request a connection: whoever comes again is told by its end.
    private static void awaitEnd(Http2Frames frames) throws IOException {
        frames.write(Http2Frames.GO_AWAY, 0, 0, new byte[] {0, 0, 0, 1, 0, 0, 0, 0});
        frames.next();
    }
}
