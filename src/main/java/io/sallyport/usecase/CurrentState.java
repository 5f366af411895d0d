package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.RevisionRecord;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What this replica knows; behind the head by a moment at most. Written by {@link FollowHead} alone. */
public final class CurrentState {
    private final List<Consumer<DesiredState>> watching = new CopyOnWriteArrayList<>();
    private final RecentRevisions recent = new RecentRevisions();
    private volatile DesiredState state = DesiredState.EMPTY;

    public DesiredState get() {
        return state;
    }

    /** Tells what is known now, and each newer state as it comes, by the thread that brings it; it must not take long. */
    public void watch(Consumer<DesiredState> watcher) {
        watching.add(watcher);
        watcher.accept(state);
    }

    /** The revisions that led here, as far as they are kept. */
    public RecentRevisions recent() {
        return recent;
    }

    void advanceTo(DesiredState newer) {
        state = newer;
        recent.restart(newer.revision());
        watching.forEach(watcher -> watcher.accept(newer));
    }

    void advanceTo(DesiredState newer, List<RevisionRecord> news) {
        state = newer;
        recent.add(news);
        watching.forEach(watcher -> watcher.accept(newer));
    }
}
