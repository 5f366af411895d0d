package io.sallyport.domain.change;

import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Revision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A revision that is taken back by itself unless somebody confirms it in time.
 *
 * @param until when it is taken back; at that time it is too late
 * @param author who made the revision
 * @param settled by whom and when it was confirmed or taken back; at most one, none while it is pending
 * @param revertedIn the revision that took it back; at most one
 * @param note what taking it back left as it is, and why; empty where nothing was left
 * @param emergency what it was done without and waits for, where its approval is what confirms it; at most one
 */
public record Confirmation(
        Revision revision,
        Instant until,
        String author,
        State state,
        List<Stamp> settled,
        List<Revision> revertedIn,
        String note,
        List<UnapprovedWrite> emergency) {
    public Confirmation {
        until = until.truncatedTo(ChronoUnit.MICROS);
        settled = List.copyOf(settled);
        revertedIn = List.copyOf(revertedIn);
        emergency = List.copyOf(emergency);
    }

    public static Confirmation pending(Revision revision, Instant until, String author) {
        return new Confirmation(revision, until, author, State.PENDING, List.of(), List.of(), "", List.of());
    }

    /** Of what was done without approval. */
    public static Confirmation pending(Revision revision, Instant until, String author, UnapprovedWrite emergency) {
        return new Confirmation(revision, until, author, State.PENDING, List.of(), List.of(), "", List.of(emergency));
    }

    public Confirmation confirmed(Stamp by) {
        return new Confirmation(revision, until, author, State.CONFIRMED, List.of(by), List.of(), note, emergency);
    }

    public Confirmation reverted(Stamp by, List<Revision> in, String left) {
        return new Confirmation(revision, until, author, State.REVERTED, List.of(by), in, left, emergency);
    }

    /** The same as it is told of to somebody. */
    public Confirmation with(List<UnapprovedWrite> told) {
        return new Confirmation(revision, until, author, state, settled, revertedIn, note, told);
    }

    public boolean isPending() {
        return state == State.PENDING;
    }

    public boolean isDueAt(Instant time) {
        return isPending() && !time.isBefore(until);
    }

    /** What became of it. */
    public enum State {
        PENDING,
        CONFIRMED,
        REVERTED
    }
}
