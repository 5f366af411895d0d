package io.sallyport.domain.change;

import io.sallyport.domain.Change;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A draft of many changes that are to be one revision.
 *
 * @param version 1 at first, one more with each edit
 * @param owner what tells its author from others, and is not shown
 * @param authors all who wrote a part of it, likewise; none of them can approve it
 * @param message for the history, once it is published
 * @param base the revision that the changes were made against
 * @param changes at most one for each resource; of the metadata of what is to be there, labels and annotations count
 * @param publishedIn at most one
 */
public record ChangeSet(
        UUID id,
        long version,
        String owner,
        Set<String> authors,
        Stamp created,
        Stamp updated,
        String message,
        Revision base,
        State state,
        List<Change> changes,
        List<Revision> publishedIn) {
    /** How long a draft is kept that nobody touches. */
    public static final Duration KEPT = Duration.ofDays(14);

    public ChangeSet {
        authors = Set.copyOf(authors);
        changes = List.copyOf(changes);
        publishedIn = List.copyOf(publishedIn);
    }

    /** When it is forgotten; what was published or discarded is, too. */
    public Instant expiresAt() {
        return updated.at().plus(KEPT).truncatedTo(ChronoUnit.MICROS);
    }

    public boolean isDraft() {
        return state == State.DRAFT;
    }

    /**
     * The same with other changes.
     *
     * @param author what tells him from others
     */
    public ChangeSet edited(String author, Stamp by, String newMessage, Revision newBase, List<Change> newChanges) {
        Set<String> all = Stream.concat(authors.stream(), Stream.of(author)).collect(Collectors.toUnmodifiableSet());
        return new ChangeSet(
                id, version + 1, owner, all, created, by, newMessage, newBase, state, newChanges, publishedIn);
    }

    public ChangeSet published(Stamp by, Revision in) {
        return new ChangeSet(
                id, version + 1, owner, authors, created, by, message, base, State.PUBLISHED, changes, List.of(in));
    }

    public ChangeSet discarded(Stamp by) {
        return new ChangeSet(
                id, version + 1, owner, authors, created, by, message, base, State.DISCARDED, List.of(), publishedIn);
    }

    /** What became of it. */
    public enum State {
        DRAFT,
        PUBLISHED,
        DISCARDED
    }
}
