package io.sallyport.local.differential;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Frames of HTTP/2 (RFC 9113, section 4.1). What is about the connection alone is seen to here. */
final class Http2Frames {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int SETTINGS = 4;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    private static final int RESET = 3;
    static final int GO_AWAY = 7;
    private static final int ACKNOWLEDGED = 1;
    private static final int HEAD = 9;

    private final Socket socket;
    private final DataInputStream in;

    Http2Frames(Socket socket) throws IOException {
        InputStream bytes = socket.getInputStream();
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(bytes));
    }

    /** One frame. */
    static final class Frame {
        private final int type;
        private final int flags;
        private final byte[] content;

        private Frame(int type, int flags, byte[] content) {
            this.type = type;
            this.flags = flags;
            this.content = content;
        }

        int type() {
            return type;
        }

        int flags() {
            return flags;
        }

        byte[] content() {
            return content;
        }

        boolean endsStream() {
            return (flags & END_STREAM) != 0;
        }
    }

    void write(int type, int flags, int stream, byte[] content) throws IOException {
        byte[] frame = ByteBuffer.allocate(HEAD + content.length)
                .put((byte) (content.length >>> 16))
                .putShort((short) content.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(content)
                .array();
        socket.getOutputStream().write(frame);
        socket.getOutputStream().flush();
    }

    /** The next that is about a stream, or ends all of them; throws where the other side hangs up. */
    Frame next() throws IOException {
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            in.readInt();
            byte[] content = in.readNBytes(length);
            if (type == SETTINGS && (flags & ACKNOWLEDGED) == 0) {
                write(SETTINGS, ACKNOWLEDGED, 0, new byte[0]);
            } else if (type == DATA || type == HEADERS || type == RESET || type == GO_AWAY) {
                return new Frame(type, flags, content);
            }
        }
    }
}
