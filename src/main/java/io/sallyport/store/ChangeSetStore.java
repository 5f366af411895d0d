package io.sallyport.store;

import io.sallyport.domain.change.ChangeSet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Drafts that are remembered beside the desired state; those whose time is over are as if they were not there. */
public interface ChangeSetStore {

    Optional<ChangeSet> find(UUID id, Instant now);

    /** The newest first, {@code limit} at most. */
    List<ChangeSet> list(Instant now, int limit);

    /** How many drafts somebody has. */
    long draftsOf(String owner, Instant now);

    /** Writes a new one, and forgets those whose time is over. */
    void create(ChangeSet changeSet, Instant now);

    /** Writes it in place of the version before; false where that is not the one that is stored. */
    boolean replace(ChangeSet changeSet);
}
