package io.sallyport.domain.snapshot;

import io.sallyport.domain.Revision;

/**
 * Names a snapshot: the hash decides whether anything is sent, the revision who is older.
 *
 * @param hash SHA-256 of the content in lower-case hex, shortened to 16 digits
 */
public record SnapshotVersion(Revision revision, String hash) {
    /** Of what nobody compiled. */
    public static final SnapshotVersion NONE = new SnapshotVersion(Revision.NONE, "");

    private static final int MOST_DIGITS = 18;

    /** Reads a version that some replica gave out; what is no such thing is {@link #NONE}. */
    public static SnapshotVersion parse(String version) {
        int dot = version.indexOf('.');
        if (dot < 1 || dot > MOST_DIGITS || !version.substring(0, dot).chars().allMatch(Character::isDigit)) {
            return NONE;
        }
        return new SnapshotVersion(new Revision(Long.parseLong(version.substring(0, dot))), version.substring(dot + 1));
    }

    /** As it is written, empty where it is {@link #NONE}. */
    public String text() {
        return equals(NONE) ? "" : toString();
    }

    @Override
    public String toString() {
        return revision + "." + hash;
    }
}
