package io.sallyport.feed;

import io.sallyport.domain.snapshot.Snapshot;

/** What an agent is to run now. */
public record Offered(Lane lane, Snapshot snapshot) {

    /** Along which snapshots follow each other; an agent may change from one to another. */
    public enum Lane {
        /** Of those that run a change first, and of all where no change goes to some first. */
        CANDIDATE,
        /** Of those that are to get it later. */
        WAITING
    }
}
