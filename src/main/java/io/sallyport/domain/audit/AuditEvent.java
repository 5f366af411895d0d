package io.sallyport.domain.audit;

import io.sallyport.domain.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * An event of the trail. Each one's hash covers the one before, so that none can be changed, taken out or moved without
 * changing the hash of the newest.
 *
 * @param sequence from 1, without gaps
 * @param hash SHA-256 in lower-case hex over the previous hash and all else that this event says
 */
public record AuditEvent(long sequence, AuditEntry entry, String hash) {

    public static AuditEvent after(Place last, AuditEntry entry) {
        long sequence = last.sequence() + 1;
        return new AuditEvent(sequence, entry, hash(last.hash(), sequence, entry));
    }

    /** Whether it is what was written after that one. */
    public boolean follows(Place last) {
        return equals(after(last, entry));
    }

    public Place place() {
        return new Place(sequence, hash);
    }

    // Each part with its length before it, so that no two events have the same text.
    private static String hash(String previous, long sequence, AuditEntry entry) {
        MessageDigest digest = sha256();
        parts(previous, sequence, entry).forEach(part -> {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Stream<String> parts(String previous, long sequence, AuditEntry entry) {
        List<ResourceKey> subject = entry.subject();
        return Stream.of(
                previous,
                Long.toString(sequence),
                entry.at().toString(),
                entry.actor().name(),
                entry.actor().id(),
                entry.asked().id(),
                entry.asked().operation(),
                subject.isEmpty() ? "" : subject.getFirst().toString(),
                entry.outcome().name(),
                Integer.toString(entry.status()),
                entry.reason(),
                entry.revision().toString(),
                entry.before(),
                entry.after(),
                Long.toString(entry.leftOut()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A place in the trail, which the next event ties itself to. */
    public record Place(long sequence, String hash) {
        /** Before the first event. */
        public static final Place START = new Place(0, "");
    }
}
