package io.sallyport.usecase;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.identity.Access;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import io.sallyport.store.PolicyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Opens watches: what changes from a revision on, without a gap and without anything twice. */
public final class WatchRevisions {
    /** At once, on this replica. */
    public static final int MOST = 2_000;
    /** At once, of one caller. */
    public static final int MOST_OF_CALLER = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Authorizer authorizer;
    private final PolicyStore store;
    private final PastStates pastStates;
    private final RecentRevisions recent;
    private final FollowHead followHead;
    // Guarded by this: how many are open, by the id of the caller.
    private final Map<String, Integer> open = new HashMap<>();

    public WatchRevisions(
            Authorizer authorizer,
            PolicyStore store,
            PastStates pastStates,
            RecentRevisions recent,
            FollowHead followHead) {
        this.authorizer = authorizer;
        this.store = store;
        this.pastStates = pastStates;
        this.recent = recent;
        this.followHead = followHead;
    }

    /**
     * A watch that is to be begun. Throws {@code NotFound} where that revision is not there yet, {@code Busy} where too
     * many are open.
     *
     * @param from what was read already; all up to now where empty; at most one
     */
    public Watch open(Caller caller, WatchFilter filter, List<WatchPosition> from) {
        Access access = authorizer.access(caller);
        access.checkAnywhere(Right.READ);
        filter.namespaces().forEach(namespace -> access.check(Right.READ, namespace));
        WatchPosition position = from.stream().findFirst().orElseGet(() -> WatchPosition.after(recent.newest()));
        waitFor(position.revision());
        refuseTooMany(caller);
        return new Watch(
                new Watch.Sources(() -> authorizer.access(caller), store, recent),
                filter,
                position,
                selected(filter, position.revision()),
                new Watch.Life(() -> enter(caller), () -> leave(caller)));
    }

    private Set<ResourceKey> selected(WatchFilter filter, Revision revision) {
        return filter.labels().isEmpty()
                ? Set.of()
                : pastStates
                        .at(revision)
                        .all()
                        .filter(resource -> filter.concerns(resource.key()) && filter.selects(resource))
                        .map(Resource::key)
                        .collect(Collectors.toSet());
    }

    // What another replica wrote, and its caller read there, may be new to this one.
    private void waitFor(Revision revision) {
        if (revision.isAfter(recent.newest())) {
            PastStates.refuseUnknown(revision, store.head());
            boolean ignored = followHead.awaitRevision(revision, PATIENCE);
        }
    }

    private synchronized void refuseTooMany(Caller caller) {
        int all = open.values().stream().mapToInt(Integer::intValue).sum();
        if (all >= MOST || open.getOrDefault(caller.id(), 0) >= MOST_OF_CALLER) {
            throw new FailureException(new Failure.Busy(
                    "At most %d watches of one caller, and %d of all, are open at once at a replica: close some."
                            .formatted(MOST_OF_CALLER, MOST),
                    RETRY));
        }
    }

    private synchronized void enter(Caller caller) {
        open.merge(caller.id(), 1, Integer::sum);
    }

    private synchronized void leave(Caller caller) {
        open.computeIfPresent(caller.id(), (id, count) -> count == 1 ? null : count - 1);
    }
}
