package io.sallyport.compiler;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.Spec;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.decision.FlowChange;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What those agents of a gateway run that are to get the newest changes later: each changed object as it was before, as
 * long as that lets nothing pass that is refused now. Where it would, what both say of it; and where that would, what is
 * said now. Pure: the same of the same two states.
 */
public final class LateState {
    private static final int MOST_NAMED = 1_000;
    // Each costs a compilation; whoever is not done by then holds nothing back.
    private static final int MOST_ATTEMPTS = 24;

    private final DesiredState before;
    private final DesiredState now;
    private final ResourceName gateway;
    private final Snapshot newest;
    private final BiFunction<DesiredState, ResourceName, Snapshot> compiler;
    private final Map<ResourceKey, Level> levels = new TreeMap<>();

    /** How much of a change is held back. */
    private enum Level {
        AS_BEFORE,
        AS_BOTH_SAY,
        AS_NOW;

        Level less() {
            return this == AS_BEFORE ? AS_BOTH_SAY : AS_NOW;
        }
    }

    /**
     * The outcome.
     *
     * @param held the objects that are not as the newest state has them
     */
    public record Late(DesiredState state, Snapshot snapshot, Set<ResourceKey> held) {
        public Late {
            held = Set.copyOf(held);
        }
    }

    private LateState(
            DesiredState before,
            DesiredState now,
            Snapshot newest,
            BiFunction<DesiredState, ResourceName, Snapshot> compiler) {
        this.before = before;
        this.now = now;
        this.gateway = newest.gateway();
        this.newest = newest;
        this.compiler = compiler;
    }

    /**
     * Works it out.
     *
     * @param before what they run, as far as nothing of it was taken away since
     * @param newest the snapshot of {@code now}, whose gateway is meant
     */
    public static Late of(
            DesiredState before,
            DesiredState now,
            Snapshot newest,
            BiFunction<DesiredState, ResourceName, Snapshot> compiler) {
        return new LateState(before, now, newest, compiler).late();
    }

    private Late late() {
        if (before.gateway(gateway).isEmpty()) {
            return new Late(now, newest, Set.of());
        }
        HeldBack.differing(now, before)
                .filter(key -> HeldBack.mayConcern(key, gateway, before, now))
                .forEach(key -> levels.put(key, firstLevel(key)));
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            List<Change> changes = changes();
            if (changes.isEmpty()) {
                break;
            }
            DesiredState state = now.with(now.revision(), changes);
            Snapshot snapshot = compiler.apply(state, gateway);
            List<FlowChange> open = opened(snapshot);
            if (open.isEmpty()) {
                return new Late(state, snapshot, keys(changes));
            }
            giveWay(open);
        }
        return new Late(now, newest, Set.of());
    }

    private static Set<ResourceKey> keys(List<Change> changes) {
        return changes.stream().map(Change::key).collect(Collectors.toUnmodifiableSet());
    }

    private List<FlowChange> opened(Snapshot snapshot) {
        if (snapshot.hasContentOf(newest)) {
            return List.of();
        }
        return FlowDiff.atAnyTime(newest, snapshot).changes(MOST_NAMED).opened();
    }

    private Level firstLevel(ResourceKey key) {
        Optional<Spec> was = HeldBack.spec(before, key);
        Optional<Spec> is = HeldBack.spec(now, key);
        if (key.kind() == Kind.EGRESS_GATEWAY) {
            return Level.AS_BOTH_SAY;
        }
        if (Loosening.reason(is, was).isPresent()
                || isDenial(is)
                || (is.isEmpty() && !mayStay(before.find(key).orElseThrow()))) {
            return Level.AS_NOW;
        }
        return Level.AS_BEFORE;
    }

    private static boolean isDenial(Optional<Spec> spec) {
        return spec.filter(one -> one instanceof EgressRule rule && rule.action() == Action.DENY)
                .isPresent();
    }

    // What is deleted is gone, but for what it refused or asked of things that are still there.
    // Without it something may pass that was refused, or be forwarded in another way.
    private boolean mayStay(Resource<?> deleted) {
        boolean mayOpen = switch (deleted.spec()) {
            case EgressRule rule -> rule.action() == Action.DENY;
            case Destination destination -> true;
            case SecurityPolicy policy -> true;
            case TrafficRoute route -> true;
            case Spec other -> false;
        };
        return mayOpen
                && References.of(deleted)
                        .allMatch(reference -> now.find(reference.target()).isPresent());
    }

    private List<Change> changes() {
        return levels.entrySet().stream()
                .flatMap(entry -> change(entry.getKey(), entry.getValue()).stream())
                .toList();
    }

    private Optional<Change> change(ResourceKey key, Level level) {
        Optional<Resource<?>> was = before.find(key);
        Optional<Resource<?>> is = now.find(key);
        Optional<Resource<?>> wanted = switch (level) {
            case AS_BEFORE -> was;
            case AS_BOTH_SAY ->
                was.isPresent() && is.isPresent()
                        ? HeldBack.less(was.get(), is.get().spec())
                        : Optional.empty();
            case AS_NOW -> is;
        };
        return wanted.map(Resource::spec).equals(is.map(Resource::spec))
                ? Optional.empty()
                : Optional.of(Change.to(key, wanted));
    }

    /** Holds less of what is to blame; where that is not known, of whoever asks, of what is asked for, of all. */
    private void giveWay(List<FlowChange> open) {
        Set<ResourceKey> named = open.stream().flatMap(LateState::named).collect(Collectors.toSet());
        boolean ignored = yields(named::contains)
                || yields(key -> key.kind() == Kind.WORKLOAD)
                || yields(key -> key.kind() == Kind.DESTINATION)
                || yields(key -> true);
    }

    private boolean yields(Predicate<ResourceKey> which) {
        boolean someDid = false;
        for (var entry : levels.entrySet()) {
            if (entry.getValue() != Level.AS_NOW && which.test(entry.getKey())) {
                entry.setValue(entry.getValue().less());
                someDid = true;
            }
        }
        return someDid;
    }

    private static Stream<ResourceKey> named(FlowChange flow) {
        return Stream.concat(
                Stream.of(new ResourceKey(Kind.DESTINATION, flow.destination())),
                Stream.of(flow.before(), flow.after()).flatMap(LateState::rule));
    }

    private static Stream<ResourceKey> rule(String decision) {
        try {
            return Stream.of(new ResourceKey(Kind.EGRESS_RULE, ResourceName.parse(decision)));
        } catch (IllegalArgumentException notOfARule) {
            return Stream.empty();
        }
    }
}
