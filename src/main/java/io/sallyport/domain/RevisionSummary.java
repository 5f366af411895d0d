package io.sallyport.domain;

import java.time.Instant;
import java.util.List;

/**
 * An entry of the history without what it wrote.
 *
 * @param changes the first of them, by name
 * @param counts of all of them
 */
public record RevisionSummary(
        Revision revision, Instant at, String author, String message, String hash, List<Touch> changes, Counts counts) {
    /** How many changes are named. */
    public static final int MOST_NAMED = 20;

    public RevisionSummary {
        changes = List.copyOf(changes);
    }

    /** What was done to one resource. */
    public record Touch(ResourceKey key, Action action) {}

    /** How many resources a revision created, replaced and deleted. */
    public record Counts(long created, long replaced, long deleted) {}

    /** What can be done to a resource. */
    public enum Action {
        CREATED,
        REPLACED,
        DELETED;

        public static Action of(Change change) {
            return switch (change) {
                case Change.Put put -> put.isCreation() ? CREATED : REPLACED;
                case Change.Delete ignored -> DELETED;
            };
        }
    }

    public static RevisionSummary of(RevisionRecord record) {
        List<Touch> touched = record.changes().stream()
                .map(change -> new Touch(change.key(), Action.of(change)))
                .toList();
        return new RevisionSummary(
                record.revision(),
                record.at(),
                record.author(),
                record.message(),
                record.hash(),
                touched.stream().limit(MOST_NAMED).toList(),
                new Counts(
                        count(touched, Action.CREATED),
                        count(touched, Action.REPLACED),
                        count(touched, Action.DELETED)));
    }

    private static long count(List<Touch> touched, Action action) {
        return touched.stream().filter(touch -> touch.action() == action).count();
    }
}
