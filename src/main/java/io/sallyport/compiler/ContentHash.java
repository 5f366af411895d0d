package io.sallyport.compiler;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * SHA-256 over a canonical encoding that no two contents share: a text is its length in bytes of UTF-8 (four bytes,
 * big-endian) and those bytes; a number is eight bytes, big-endian; a list is its size as a number, then its elements;
 * a record is its parts in order.
 */
final class ContentHash {
    private final MessageDigest digest = sha256();

    ContentHash text(Object value) {
        byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
        return this;
    }

    ContentHash number(long value) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
        return this;
    }

    <T> ContentHash list(Collection<T> elements, Consumer<? super T> encode) {
        number(elements.size());
        elements.forEach(encode);
        return this;
    }

    ContentHash texts(Collection<?> elements) {
        return list(elements, this::text);
    }

    /** Ends the content: its hash in lower-case hex, shortened to so many digits. */
    String hex(int digits) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, digits);
    }

    /** Ends the content: a number below {@code bound} that is spread evenly. */
    int below(int bound) {
        return (int) Long.remainderUnsigned(ByteBuffer.wrap(digest.digest()).getLong(), bound);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
