package io.sallyport.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An entry of the history: who made a revision, when, why, and what it changed.
 *
 * @param message the author's words; empty where none were given
 * @param hash SHA-256 in lower-case hex over the previous hash and all else that this record says
 */
public record RevisionRecord(
        Revision revision, Instant at, String author, String message, String hash, List<Change> changes) {
    public RevisionRecord {
        at = at.truncatedTo(ChronoUnit.MICROS);
        changes = List.copyOf(changes);
    }
}
