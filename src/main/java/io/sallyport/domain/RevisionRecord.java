package io.sallyport.domain;

import java.time.Instant;
import java.util.List;

/**
 * An entry of the history: who made a revision, when, why, and what it changed.
 *
 * @param message the author's words; empty where none were given
 * @param hash SHA-256 in lower-case hex over the previous hash and this revision's changes
 */
public record RevisionRecord(
        Revision revision, Instant at, String author, String message, String hash, List<Change> changes) {
    public RevisionRecord {
        changes = List.copyOf(changes);
    }
}
