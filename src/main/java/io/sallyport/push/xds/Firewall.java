package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
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
 * snapshot with these as they were last accepted, less what was revoked since, and with nothing let through by that which
 * the newest refuses. They are tried again once they change. Used by the thread of one stream.
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
    private boolean mayNameMore;
    private String words = "";

    /**
     * What is known of an object that was found guilty.
     *
     * @param refusedAt the state in which it was refused
     * @param heldFrom the state in which it was accepted last; none where it never was
     * @param madeFrom all that went into what was refused of it
     */
    record Guilt(String reason, Revision refusedAt, Revision heldFrom, SortedMap<ResourceKey, Resource<?>> madeFrom) {}

    /**
     * What is known of a client across its streams.
     *
     * @param mayNameMore whether it has not refused the names of hosts at which somebody was to be refused
     */
    record Known(Accepted accepted, Map<ResourceKey, Guilt> guilty, boolean mayNameMore) {
        static final Known NOTHING = new Known(Accepted.UNKNOWN, Map.of(), true);
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
        this.mayNameMore = known.mayNameMore();
        this.target = first;
        this.aim = Aim.whole(first, Optional.empty());
    }

    /** Something newer is wanted; returns what to aim at. */
    EnvoySnapshot aimAt(EnvoySnapshot newTarget) {
        target = newTarget;
        search = Optional.empty();
        gaveUp = false;
        isAccepted = false;
        Optional<DesiredState> state = stateOf(newTarget.source());
        guilty.entrySet().removeIf(entry -> state.isEmpty() || isOther(entry.getKey(), entry.getValue(), state.get()));
        mayNameMore |= guilty.isEmpty();
        aim = holding(guilty.keySet());
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
        if (held.isEmpty() || state.isEmpty()) {
            return Aim.whole(target, state);
        }
        return aim(
                holdBack.instead(base().orElse(DesiredState.EMPTY), state.get(), target.source(), held, mayNameMore),
                held);
    }

    private Aim aim(HoldBack.Instead instead, Set<ResourceKey> held) {
        return new Aim(
                compiler.apply(instead.snapshot()),
                Optional.of(instead.state()),
                held,
                instead.shut(),
                instead.namesMore());
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
        List<ResourceKey> widening = new ArrayList<>();
        List<ResourceKey> tightening = new ArrayList<>();
        for (ResourceKey suspect : suspects()) {
            if (!guilty.containsKey(suspect)) {
                (holdBack.tightens(suspect, state.orElseThrow()) ? tightening : widening).add(suspect);
            }
        }
        return widening.isEmpty() && tightening.isEmpty()
                ? Optional.empty()
                : Optional.of(new Bisection<>(widening, tightening));
    }

    private List<ResourceKey> suspects() {
        return stateOf(target.source())
                .map(wanted -> holdBack.suspects(
                        base().orElse(DesiredState.EMPTY),
                        wanted,
                        target.source().gateway()))
                .orElse(List.of());
    }

    private Optional<EnvoySnapshot> next() {
        if (search.isEmpty() || search.get().isInVain()) {
            return isLedByNames() ? withoutNames() : lastResort();
        }
        Bisection<ResourceKey> going = search.get();
        blame(going.guilty());
        Set<ResourceKey> held = new TreeSet<>(guilty.keySet());
        held.addAll(going.held());
        if (going.isOver()) {
            search = Optional.empty();
        }
        return aimingAt(holding(held));
    }

    private Optional<EnvoySnapshot> aimingAt(Aim other) {
        aim = other;
        isAccepted = false;
        return Optional.of(aim.snapshot());
    }

    /** What it refuses may be the name of a host that is told of nothing but to refuse somebody there. */
    private boolean isLedByNames() {
        return mayNameMore && aim.namesMore();
    }

    private Optional<EnvoySnapshot> withoutNames() {
        mayNameMore = false;
        if (search.isEmpty()) {
            return aimingAt(holding(guilty.keySet()));
        }
        search = begun();
        return next();
    }

    /**
     * It is not the objects: what is refused stays parked as it is, and all else is as it is wanted. Where something was
     * revoked that may be in what is parked, all stays as it was accepted, without that.
     */
    private Optional<EnvoySnapshot> lastResort() {
        boolean isOfSearch = search.isPresent();
        search = Optional.empty();
        gaveUp = true;
        Optional<Aim> before = asAccepted().filter(found -> !found.shut().isEmpty());
        if (before.isPresent()) {
            return aimingAt(before.get());
        }
        return isOfSearch ? aimingAt(holding(guilty.keySet())) : Optional.empty();
    }

    private Optional<Aim> asAccepted() {
        ResourceName gateway = target.source().gateway();
        Set<ResourceKey> held = new TreeSet<>(suspects());
        held.add(new ResourceKey(Kind.EGRESS_GATEWAY, gateway));
        return base().filter(before -> before.gateway(gateway).isPresent())
                .flatMap(before -> stateOf(target.source())
                        .map(wanted -> aim(holdBack.asAccepted(before, wanted, target.source()), held)));
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
        // What was made for this client alone is known to nobody else.
        accepted =
                new Accepted(aim.snapshot().source().version().hash(), aim.isWhole() ? Optional.empty() : aim.state());
        memory.keep(new Known(accepted, new TreeMap<>(guilty), mayNameMore));
        return Optional.empty();
    }

    boolean isSearching() {
        return search.isPresent();
    }

    /** What of the newest the client does not run. */
    List<Held> held() {
        Set<ResourceKey> held = new TreeSet<>(guilty.keySet());
        if (gaveUp) {
            held.addAll(aim.held());
        }
        return held.stream()
                .map(key -> new Held(key, reason(key), false, aim.instead(key)))
                .toList();
    }

    private String reason(ResourceKey key) {
        return Optional.ofNullable(guilty.get(key)).map(Guilt::reason).orElse(words);
    }
}
