package io.sallyport.store.postgres;

import io.sallyport.domain.RevisionRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What ties every revision to all before it: none can be changed later without changing the hash of the newest. */
final class HashChain {
    private HashChain() {}

    /**
     * The record with its hash, which covers the previous one and everything that the record says: of credentials what is
     * stored of them, so that it tells nothing of their data.
     */
    static RevisionRecord sealed(String previousHash, RevisionRecord record, List<StoredChange> stored) {
        List<List<String>> changes = stored.stream().map(HashChain::canonical).toList();
        String content = StoredJson.write(List.of(
                previousHash, record.revision().number(), record.at(), record.author(), record.message(), changes));
        return new RevisionRecord(
                record.revision(), record.at(), record.author(), record.message(), sha256(content), record.changes());
    }

    private static List<String> canonical(StoredChange stored) {
        String key = stored.change().key().toString();
        return stored.resource() == null ? List.of(key) : List.of(key, stored.resource());
    }

    private static String sha256(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
