package io.sallyport.local;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** As much of DER (X.690) as a certificate needs: the JDK reads certificates, and makes none. */
final class Der {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, joined(parts));
    }

    static byte[] set(byte[]... parts) {
        return tagged(0x31, joined(parts));
    }

    /** {@code [number]}, around a value of its own. */
    static byte[] explicit(int number, byte[]... parts) {
        return tagged(0xa0 | number, joined(parts));
    }

    /** {@code [number]}, in place of a string's own tag. */
    static byte[] implicit(int number, byte[] content) {
        return tagged(0x80 | number, content);
    }

    static byte[] integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] truth() {
        return tagged(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] bits(byte[] content) {
        return tagged(0x03, joined(new byte[] {0}, content));
    }

    /** A bit string of which some bits at its end do not count. */
    static byte[] flags(int value, int unused) {
        return tagged(0x03, new byte[] {(byte) unused, (byte) value});
    }

    static byte[] octets(byte[] content) {
        return tagged(0x04, content);
    }

    static byte[] text(String text) {
        return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] time(Instant time) {
        return tagged(0x17, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] oid(String dotted) {
        int[] arcs =
                Arrays.stream(dotted.split("\\.")).mapToInt(Integer::parseInt).toArray();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(arcs[0] * 40 + arcs[1]);
        for (int index = 2; index < arcs.length; index++) {
            writeArc(content, arcs[index]);
        }
        return tagged(0x06, content.toByteArray());
    }

    // Seven bits a byte, the highest bit set in all but the last.
    private static void writeArc(ByteArrayOutputStream content, int arc) {
        for (int shift = 28; shift > 0; shift -= 7) {
            if (arc >>> shift != 0) {
                content.write(0x80 | (arc >>> shift & 0x7f));
            }
        }
        content.write(arc & 0x7f);
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.write(tag);
        if (content.length < 0x80) {
            result.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int leading = length[0] == 0 ? 1 : 0;
            result.write(0x80 | (length.length - leading));
            result.write(length, leading, length.length - leading);
        }
        result.writeBytes(content);
        return result.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(result::writeBytes);
        return result.toByteArray();
    }
}
