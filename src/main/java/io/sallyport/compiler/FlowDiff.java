package io.sallyport.compiler;

import io.sallyport.compiler.PartFlips.Found;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.FlowChange;
import io.sallyport.domain.decision.FlowChanges;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.workload.WorkloadIdentity;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which requests pass in one state and not in another, of all sources at all hosts and ports of a gateway: nothing is
 * sampled. Told by who asks, for which host and port; what policies and routes make of paths, methods and claims is not
 * part of it. Pure.
 */
public final class FlowDiff {
    private static final int MOST_MOMENTS_TOLD = 32;
    // As good as all of them: so many bounds of rules at one port of one host.
    private static final int MOST_MOMENTS = 1_000;

    private final ResourceName gateway;
    private final FlowSide before;
    private final FlowSide after;
    private final Instant now;
    private final int mostMoments;
    // Many hosts have the same rules.
    private final Map<List<FlowPlace>, Found> known = new HashMap<>();
    private final SortedSet<Name> closing = new TreeSet<>();
    private final Map<List<?>, Boolean> reachable = new HashMap<>();
    private final Set<String> otherClasses;

    private FlowDiff(ResourceName gateway, FlowSide before, FlowSide after, Instant now, int mostMoments) {
        this.gateway = gateway;
        this.before = before;
        this.after = after;
        this.now = now;
        this.mostMoments = mostMoments;
        this.otherClasses = before.differingClasses(after);
    }

    /**
     * Looks at all of a gateway, once.
     *
     * @param before nothing where there was no such gateway; so with {@code after}
     * @param now from when on it counts what passes
     */
    public static FlowDiff between(
            ResourceName gateway, Optional<Snapshot> before, Optional<Snapshot> after, Instant now) {
        return new FlowDiff(gateway, new FlowSide(before), new FlowSide(after), now, MOST_MOMENTS_TOLD);
    }

    /** What passes at any time counts, however many rules begin and end; for whoever goes by what it says. */
    public static FlowDiff atAnyTime(Snapshot before, Snapshot after) {
        return new FlowDiff(
                after.gateway(),
                new FlowSide(Optional.of(before)),
                new FlowSide(Optional.of(after)),
                Instant.EPOCH,
                MOST_MOMENTS);
    }

    /**
     * By listener, host and port.
     *
     * @param named how many are named of those that open, and of those that close
     */
    public FlowChanges changes(int named) {
        return FlowChanges.of(
                changes().peek(flow -> {
                    if (!flow.opens()) {
                        closing.add(flow.listener());
                    }
                }),
                named);
    }

    /** The listeners at which some flow closes; asked after {@link #changes}. */
    public SortedSet<Name> closing() {
        return Collections.unmodifiableSortedSet(closing);
    }

    /** Whether anything that somebody of this identity asks for is decided otherwise; asked after {@link #changes}. */
    public boolean concerns(WorkloadIdentity identity) {
        return known.values().stream().anyMatch(found -> found.concerns(identity));
    }

    /** All that open, one after the other. */
    public Stream<FlowChange> opening() {
        return changes().filter(FlowChange::opens);
    }

    /** Whether something opens for somebody of this identity; asked after {@link #opening}. */
    public boolean opensFor(WorkloadIdentity identity) {
        return known.values().stream().anyMatch(found -> found.opensFor(identity));
    }

    /** Whether without the change anybody at all could reach the host at that port when the flow opens, by some listener. */
    public boolean wasReachable(FlowChange flow) {
        Instant moment = flow.since().stream().findFirst().orElse(now);
        return reachable.computeIfAbsent(
                List.of(flow.host(), flow.port(), moment),
                _ -> before.listeners()
                        .map(listener -> before.place(listener, flow.host(), flow.port()))
                        .anyMatch(place -> letsAnybodyPass(place, moment)));
    }

    private static boolean letsAnybodyPass(FlowPlace place, Instant moment) {
        return PartFlips.of(FlowPlace.NOWHERE, place, moment, 1).told().stream()
                .anyMatch(flip -> flip.flip().since().isEmpty());
    }

    private Stream<FlowChange> changes() {
        return sorted(FlowSide::listeners)
                .flatMap(listener -> sorted(side -> side.hosts(listener).filter(host -> mayDiffer(listener, host)))
                        .flatMap(host -> changes(listener, host)));
    }

    // A cheap look that leaves out nearly all of a large gateway.
    private boolean mayDiffer(Name listener, HostPattern host) {
        return !before.isSame(after, listener, host, otherClasses);
    }

    private <T> Stream<T> sorted(Function<FlowSide, Stream<T>> part) {
        return Stream.concat(part.apply(before), part.apply(after)).distinct().sorted();
    }

    private Stream<FlowChange> changes(Name listener, HostPattern host) {
        ResourceName owner = after.owner(listener, host)
                .or(() -> before.owner(listener, host))
                .orElse(gateway);
        return sorted(side -> side.ports(listener, host))
                .flatMap(port -> flips(listener, host, port).stream()
                        .map(flip -> flip.at(gateway, listener, host, owner, port)));
    }

    private List<PartFlip> flips(Name listener, HostPattern host, PortNumber port) {
        FlowPlace earlier = before.place(listener, host, port);
        FlowPlace later = after.place(listener, host, port);
        return earlier.equals(later)
                ? List.of()
                : known.computeIfAbsent(List.of(earlier, later), _ -> PartFlips.of(earlier, later, now, mostMoments))
                        .told();
    }
}
