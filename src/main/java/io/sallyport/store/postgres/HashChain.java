package io.sallyport.store.postgres;

import io.sallyport.domain.Change;
import io.sallyport.domain.RevisionRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What ties every revision to all before it: none can be changed later without changing the hash of the newest. */
final class HashChain {
    private HashChain() {}

    /** The record with its hash, which covers the previous one and everything that the record says. */
    static RevisionRecord sealed(String previousHash, RevisionRecord record) {
        List<List<String>> changes =
                record.changes().stream().map(HashChain::canonical).toList();
        String content = StoredJson.write(List.of(
                previousHash, record.revision().number(), record.at(), record.author(), record.message(), changes));
        return new RevisionRecord(
                record.revision(), record.at(), record.author(), record.message(), sha256(content), record.changes());
    }

    private static List<String> canonical(Change change) {
        return switch (change) {
            case Change.Put put -> List.of(change.key().toString(), StoredResource.write(put.resource()));
            case Change.Delete ignored -> List.of(change.key().toString());
        };
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
