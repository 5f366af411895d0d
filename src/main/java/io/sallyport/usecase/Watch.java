package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.RevisionSummary.Action;
import io.sallyport.identity.Access;
import io.sallyport.store.PolicyStore;
import io.sallyport.usecase.WatchEvent.How;
import io.sallyport.usecase.WatchEvent.Seen;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One who watches. Read by one thread; holds what it was not yet told of, a bounded part of one read. */
public final class Watch implements AutoCloseable {
    private static final int REVISIONS_AT_ONCE = 50;
    private static final int CHANGES_AT_ONCE = 100;

    private final Sources sources;
    private final WatchFilter filter;
    private final Life life;
    // What is selected by labels at the position, so that what leaves is told; empty where nothing is asked of labels.
    private final Set<ResourceKey> selected;
    private final Deque<RevisionRecord> ahead = new ArrayDeque<>();
    private Revision revision;
    private int done;
    private boolean isToldInPart;

    Watch(Sources sources, WatchFilter filter, WatchPosition from, Set<ResourceKey> selected, Life life) {
        this.sources = sources;
        this.filter = filter;
        this.selected = new HashSet<>(selected);
        this.life = life;
        revision = from.revision();
        done = from.done();
        isToldInPart = done > 0;
        // Of the next revision some were told already.
        (done == 0 ? List.<RevisionRecord>of() : following(1))
                .forEach(record -> record.changes().stream().limit(done).forEach(this::move));
    }

    /** Before the first is asked for; whoever begins closes. */
    public void begin() {
        life.begin().run();
    }

    /** Up to where all was told. */
    public WatchPosition position() {
        return new WatchPosition(revision, done);
    }

    public boolean isEnded() {
        return sources.recent().isClosed();
    }

    /** What is next; nothing where there is nothing new within that time. May move the position all the same. */
    public Optional<WatchEvent> next(Duration patience) {
        if (ahead.isEmpty() && sources.recent().await(revision, patience)) {
            ahead.addAll(following(REVISIONS_AT_ONCE));
        }
        while (!ahead.isEmpty()) {
            WatchEvent event = part(ahead.getFirst());
            if (!event.changes().isEmpty() || (event.isWhole() && isToldInPart)) {
                isToldInPart = !event.isWhole();
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    private List<RevisionRecord> following(int most) {
        List<RevisionRecord> known = sources.recent().after(revision, most);
        return known.isEmpty() ? sources.store().revisionsAfter(revision, most) : known;
    }

    private WatchEvent part(RevisionRecord record) {
        Access now = sources.access().get();
        List<Change> changes =
                record.changes().stream().skip(done).limit(CHANGES_AT_ONCE).toList();
        List<Seen> seen = changes.stream()
                .flatMap(change -> seen(change, now.mayRead(change.key())))
                .collect(Collectors.toUnmodifiableList());
        done += changes.size();
        boolean isWhole = done >= record.changes().size();
        WatchEvent event = new WatchEvent(SeenRevision.of(record, now), done, isWhole, seen);
        if (isWhole) {
            ahead.removeFirst();
            revision = record.revision();
            done = 0;
        }
        return event;
    }

    private Stream<Seen> seen(Change change, boolean isReadable) {
        if (!filter.concerns(change.key())) {
            return Stream.of();
        }
        boolean was = filter.labels().isEmpty() || selected.contains(change.key());
        boolean is = move(change);
        return isReadable ? told(change, was, is).stream() : Stream.of();
    }

    // Whether it is selected from now on.
    private boolean move(Change change) {
        boolean is = switch (change) {
            case Change.Put put -> filter.selects(put.resource());
            case Change.Delete ignored -> false;
        };
        if (is && !filter.labels().isEmpty()) {
            selected.add(change.key());
        } else {
            selected.remove(change.key());
        }
        return is;
    }

    private static Optional<Seen> told(Change change, boolean was, boolean is) {
        return switch (change) {
            case Change.Delete delete ->
                was ? Optional.of(new Seen(delete.key(), How.DELETED, List.of())) : Optional.empty();
            case Change.Put put when is -> Optional.of(new Seen(put.key(), how(put, was), List.of(put.resource())));
            case Change.Put put -> was ? Optional.of(new Seen(put.key(), How.LEFT, List.of())) : Optional.empty();
        };
    }

    private static How how(Change.Put put, boolean was) {
        if (Action.of(put) == Action.CREATED) {
            return How.CREATED;
        }
        return was ? How.REPLACED : How.ENTERED;
    }

    @Override
    public void close() {
        life.end().run();
    }

    /** Where it reads. */
    record Sources(Supplier<Access> access, PolicyStore store, RecentRevisions recent) {}

    /** Who is told that it begins and ends. */
    record Life(Runnable begin, Runnable end) {}
}
