package io.sallyport.domain.snapshot;

import io.sallyport.domain.Revision;

/**
 * Names a snapshot: the hash decides whether anything is sent, the revision who is older.
 *
 * @param hash SHA-256 of the content in lower-case hex, shortened to 16 digits
 */
public record SnapshotVersion(Revision revision, String hash) {
    @Override
    public String toString() {
        return revision + "." + hash;
    }
}
