package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.identity.Access;
import java.util.List;

/**
 * An entry of the history as one caller may see it. That there was a revision, and when, is told to everyone; who made
 * it, where some of it may be read; its message, where all of it may, since nobody knows what that speaks of.
 */
final class SeenRevision {
    private SeenRevision() {}

    static RevisionRecord of(RevisionRecord record, Access access) {
        List<Change> changes = record.changes().stream()
                .filter(change -> access.mayRead(change.key()))
                .toList();
        boolean isWhole = changes.size() == record.changes().size();
        return new RevisionRecord(
                record.revision(),
                record.at(),
                changes.isEmpty() ? "" : record.author(),
                isWhole ? record.message() : "",
                record.hash(),
                changes);
    }
}
