package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.usecase.HoldBack;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Keeps what one client refuses from holding up the rest: finds the objects that it came of, and aims at the newest
 * snapshot with these as they were last accepted, less what was revoked since. They are tried again once they change.
 * Used by the thread of one stream.
 */
final class Firewall {
    private final HoldBack holdBack;
    private final Function<Snapshot, EnvoySnapshot> compiler;
    private final Memory memory;
    private final Map<ResourceKey, Guilt> guilty = new TreeMap<>();
    private Accepted accepted;
    private Aim aim;
    private EnvoySnapshot target;
    private Optional<Bisection<ResourceKey>> search = Optional.empty();
    private boolean gaveUp;
    private boolean isAccepted;
    private String words = "";

    /** What is aimed at, and what it was made of where that is known. */
    private record Aim(EnvoySnapshot snapshot, Optional<DesiredState> state) {}

    /**
     * What is known of an object that was found guilty.
     *
     * @param refusedAt the state in which it was refused
     * @param heldFrom the state in which it was accepted last; none where it never was
     * @param madeFrom all that went into what was refused of it
     */
    record Guilt(String reason, Revision refusedAt, Revision heldFrom, SortedMap<ResourceKey, Resource<?>> madeFrom) {}

    /** What is known of a client across its streams. */
    record Known(Accepted accepted, Map<ResourceKey, Guilt> guilty) {
        static final Known NOTHING = new Known(Accepted.UNKNOWN, Map.of());
    }

    /**
     * What a client accepted last.
     *
     * @param hash of the content; empty where nothing is known
     * @param mixed what it was made of, where that was never published
     */
    record Accepted(String hash, Optional<DesiredState> mixed) {
        static final Accepted UNKNOWN = new Accepted("", Optional.empty());
    }

    /** Keeps what is known of a client across its streams. */
    interface Memory {
        Known known();

        void keep(Known known);
    }

    Firewall(HoldBack holdBack, Function<Snapshot, EnvoySnapshot> compiler, Memory memory, EnvoySnapshot first) {
        this.holdBack = holdBack;
        this.compiler = compiler;
        this.memory = memory;
        Known known = memory.known();
        this.accepted = known.accepted();
        this.guilty.putAll(known.guilty());
        this.target = first;
        this.aim = new Aim(first, Optional.empty());
    }

    /** Something newer is wanted; returns what to aim at. */
    EnvoySnapshot aimAt(EnvoySnapshot newTarget) {
        target = newTarget;
        search = Optional.empty();
        gaveUp = false;
        isAccepted = false;
        Optional<DesiredState> state = stateOf(newTarget.source());
        guilty.entrySet().removeIf(entry -> state.isEmpty() || isOther(entry.getKey(), entry.getValue(), state.get()));
        aim = guilty.isEmpty() ? new Aim(newTarget, state) : holding(guilty.keySet());
        return aim.snapshot();
    }

    // What it is made from is more than itself: a rule is refused for the hosts of its destination.
    private boolean isOther(ResourceKey key, Guilt guilt, DesiredState state) {
        return !holdBack.madeFrom(state, key).equals(guilt.madeFrom());
    }

    private Optional<DesiredState> base() {
        return accepted.mixed().or(() -> holdBack.stateOf(target.source().gateway(), accepted.hash()));
    }

    private Optional<DesiredState> stateOf(Snapshot snapshot) {
        return holdBack.stateOf(snapshot.gateway(), snapshot.version().hash());
    }

    private Aim holding(Set<ResourceKey> held) {
        Optional<DesiredState> state = stateOf(target.source());
        if (state.isEmpty()) {
            return new Aim(target, state);
        }
        DesiredState without = holdBack.holding(base().orElse(DesiredState.EMPTY), state.get(), held);
        Snapshot snapshot = holdBack.compile(without, target.source().gateway());
        return new Aim(compiler.apply(snapshot), Optional.of(without));
    }

    /**
     * The client refuses a part of what is aimed at.
     *
     * @param mayHaveMore whether it may have something from before that we do not know of
     * @return what to aim at instead; empty where nothing better is known
     */
    Optional<EnvoySnapshot> refused(String newWords, boolean mayHaveMore) {
        words = newWords.isEmpty() ? words : newWords;
        boolean hasMore = mayHaveMore || !accepted.equals(Accepted.UNKNOWN);
        if (gaveUp || (base().isEmpty() && hasMore)) {
            return Optional.empty();
        }
        if (search.isPresent()) {
            search.get().refused();
        } else {
            search = begun();
        }
        return next();
    }

    private Optional<Bisection<ResourceKey>> begun() {
        Optional<DesiredState> state = stateOf(target.source());
        List<ResourceKey> suspects = state.map(wanted -> holdBack.suspects(
                        base().orElse(DesiredState.EMPTY),
                        wanted,
                        target.source().gateway()))
                .orElse(List.of());
        List<ResourceKey> widening = new ArrayList<>();
        List<ResourceKey> tightening = new ArrayList<>();
        for (ResourceKey suspect : suspects) {
            if (!guilty.containsKey(suspect)) {
                (holdBack.tightens(suspect, state.orElseThrow()) ? tightening : widening).add(suspect);
            }
        }
        return widening.isEmpty() && tightening.isEmpty()
                ? Optional.empty()
                : Optional.of(new Bisection<>(widening, tightening));
    }

    private Optional<EnvoySnapshot> next() {
        if (search.isEmpty()) {
            gaveUp = true;
            return Optional.empty();
        }
        if (search.get().isInVain()) {
            return Optional.of(withoutSearch());
        }
        Bisection<ResourceKey> going = search.get();
        blame(going.guilty());
        Set<ResourceKey> held = new TreeSet<>(guilty.keySet());
        held.addAll(going.held());
        if (going.isOver()) {
            search = Optional.empty();
        }
        aim = holding(held);
        isAccepted = false;
        return Optional.of(aim.snapshot());
    }

    /** It is not the objects: what is refused stays parked as it is, and all else is as it is wanted. */
    private EnvoySnapshot withoutSearch() {
        gaveUp = true;
        search = Optional.empty();
        isAccepted = false;
        aim = guilty.isEmpty() ? new Aim(target, stateOf(target.source())) : holding(guilty.keySet());
        return aim.snapshot();
    }

    private void blame(Collection<ResourceKey> found) {
        DesiredState state = stateOf(target.source()).orElse(DesiredState.EMPTY);
        Revision heldFrom = base().map(DesiredState::revision).orElse(Revision.NONE);
        found.forEach(key -> guilty.computeIfAbsent(
                key, ignored -> new Guilt(words, state.revision(), heldFrom, holdBack.madeFrom(state, key))));
    }

    /** The client runs all of what is aimed at; returns what to aim at next, where there is something to find out. */
    Optional<EnvoySnapshot> accepted() {
        if (search.isPresent()) {
            search.get().accepted();
            return next();
        }
        if (isAccepted) {
            return Optional.empty();
        }
        isAccepted = true;
        accepted = new Accepted(
                aim.snapshot().source().version().hash(), guilty.isEmpty() ? Optional.empty() : aim.state());
        memory.keep(new Known(accepted, new TreeMap<>(guilty)));
        return Optional.empty();
    }

    boolean isSearching() {
        return search.isPresent();
    }

    /** What of the newest the client does not run. */
    List<Held> held() {
        return guilty.entrySet().stream()
                .map(entry -> new Held(entry.getKey(), entry.getValue().reason(), false))
                .toList();
    }
}
