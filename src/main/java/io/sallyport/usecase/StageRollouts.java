package io.sallyport.usecase;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.LateState;
import io.sallyport.compiler.LateState.Late;
import io.sallyport.compiler.TakenBack;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.rollout.Cohort;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.RolloutStore;
import io.sallyport.store.RolloutsInHand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Works out what agents run while a change is with some of them first: of the states that rollouts name, and of the newest
 * one, so that all replicas come to the same. Used by the thread that follows the head; {@code situations} is a concurrent
 * map that others read.
 */
public final class StageRollouts {
    private static final Logger LOG = Logger.getLogger(StageRollouts.class);

    private final RolloutStore rollouts;
    private final PolicyStore policies;
    private final PolicyTerm term;
    private final IncrementalCompiler waiting = new IncrementalCompiler();
    private final IncrementalCompiler candidates = new IncrementalCompiler();
    private final Map<ResourceName, Staged> staged = new HashMap<>();
    private final Map<ResourceName, Situation> situations = new ConcurrentHashMap<>();
    private Map<ResourceName, Rollout> known = new TreeMap<>();
    private volatile RolloutsInHand inHand = RolloutsInHand.none(Revision.NONE);
    private volatile List<Ended> ended = List.of();

    /** What the two parts of a gateway's agents run. */
    record Staged(Cohort cohort, Late candidate, Late waiting, String words) {}

    /**
     * Where a gateway is, as this replica serves it.
     *
     * @param head the revision that this was worked out for
     * @param waits whether some change is not with all agents by itself
     * @param isBehind whether the candidate lacks some change
     * @param carries whether the candidate has some change that those that wait have not
     * @param held what those that wait have not as it is to be
     */
    record Situation(
            Rollout rollout, Revision head, boolean waits, boolean isBehind, boolean carries, Set<ResourceKey> held) {}

    /**
     * A rollout whose policy was taken away.
     *
     * @param stored as it is still written down
     * @param since the revision from which on all agents have the newest
     * @param isReplaced whether the gateway has another policy by now
     */
    record Ended(Rollout stored, Revision since, boolean isReplaced) {
        /** As it is to be written down. */
        Rollout asOf(Instant now) {
            return stored.ended(since, now, RecordCrossings.AUTHOR);
        }
    }

    public StageRollouts(RolloutStore rollouts, PolicyStore policies) {
        this.rollouts = rollouts;
        this.policies = policies;
        this.term = new PolicyTerm(policies);
    }

    /** Empty where the gateway has no policy, or where that is not known yet. */
    Optional<Situation> situation(ResourceName gateway) {
        return Optional.ofNullable(situations.get(gateway));
    }

    /** How many gateways are there with their changes. */
    public long countIn(Rollout.Phase phase) {
        return situations.values().stream()
                .filter(situation -> situation.rollout().phase() == phase)
                .count();
    }

    /** Those that are stored though their policy was taken away. */
    Collection<Ended> ended() {
        return ended;
    }

    /** What it takes to serve what is served now. */
    RolloutsInHand inHand() {
        return inHand;
    }

    /** Takes what was kept for a start without the store. */
    void take(RolloutsInHand kept) {
        known = new TreeMap<>();
        kept.rollouts().forEach(rollout -> known.put(rollout.gateway(), rollout));
        inHand = kept;
    }

    /** Reads all again, as what was known may be of a history that is no more. */
    Set<ResourceName> refreshWhole(DesiredState state) {
        term.forget();
        return refresh(state, Map.of());
    }

    /**
     * Reads what is stored, and all that it takes to serve a state. Throws where the store is away; nothing is other then.
     *
     * @return the gateways whose rollout is another than before
     */
    Set<ResourceName> refresh(DesiredState state) {
        return refresh(state, inHand.past());
    }

    private Set<ResourceName> refresh(DesiredState state, Map<Revision, DesiredState> before) {
        Map<ResourceName, Rollout> read = new TreeMap<>();
        List<Ended> over = new ArrayList<>();
        for (Rollout stored : mayHaveAny(state) ? rollouts.all() : List.<Rollout>of()) {
            Optional<Ended> end = end(stored, state);
            end.ifPresent(over::add);
            if (policy(state, stored.gateway()).isPresent()) {
                read.put(stored.gateway(), end.map(StageRollouts::anew).orElse(stored));
            }
        }
        RolloutsInHand next =
                new RolloutsInHand(state.revision(), List.copyOf(read.values()), past(read, state, before));
        Set<ResourceName> moved = new TreeSet<>();
        Stream.concat(read.keySet().stream(), known.keySet().stream())
                .filter(gateway ->
                        !Optional.ofNullable(read.get(gateway)).equals(Optional.ofNullable(known.get(gateway))))
                .forEach(moved::add);
        known = read;
        ended = List.copyOf(over);
        inHand = next;
        return moved;
    }

    private boolean mayHaveAny(DesiredState state) {
        return !known.isEmpty()
                || !ended.isEmpty()
                || state.gateways().stream()
                        .anyMatch(gateway -> !gateway.spec().rollout().isEmpty());
    }

    // Where another replica knows more than this one, nothing is over before this one knows it too.
    private Optional<Ended> end(Rollout stored, DesiredState state) {
        if (stored.stable().isAfter(state.revision())) {
            return Optional.empty();
        }
        if (policy(state, stored.gateway()).isEmpty()) {
            return Optional.of(new Ended(stored, state.revision(), false));
        }
        Revision since = term.since(state, stored.gateway(), stored.stable());
        return since.isAfter(stored.stable()) ? Optional.of(new Ended(stored, since, true)) : Optional.empty();
    }

    private static Rollout anew(Ended end) {
        return end.asOf(end.stored().since());
    }

    private Map<Revision, DesiredState> past(
            Map<ResourceName, Rollout> read, DesiredState state, Map<Revision, DesiredState> before) {
        Map<Revision, DesiredState> past = new HashMap<>();
        read.values().stream()
                .flatMap(rollout -> Stream.of(rollout.stable(), rollout.candidate()))
                // Another replica may know a newer revision than this one, which comes to it in a moment.
                .filter(revision -> !revision.isAfter(state.revision()))
                .forEach(revision -> past.computeIfAbsent(
                        revision, wanted -> before.containsKey(wanted) ? before.get(wanted) : read(state, wanted)));
        return past;
    }

    private DesiredState read(DesiredState state, Revision revision) {
        return revision.equals(state.revision())
                ? state
                : state.with(revision, policies.changesBack(state.revision(), revision));
    }

    private static Optional<RolloutPolicy> policy(DesiredState state, ResourceName gateway) {
        return state.gateway(gateway)
                .map(Resource<EgressGateway>::spec)
                .flatMap(spec -> spec.rollout().stream().findFirst());
    }

    /** The gateways that run something of a change though only what they still hold refers to it. */
    Set<ResourceName> concerned(TouchedGateways touched, DesiredState after, Collection<? extends Change> changes) {
        Set<ResourceName> concerned = new TreeSet<>();
        staged.forEach((gateway, one) -> {
            boolean isTouched = Stream.of(one.candidate(), one.waiting())
                    .anyMatch(late -> touched.of(late.state(), after, changes).contains(gateway));
            if (isTouched) {
                concerned.add(gateway);
            }
        });
        return concerned;
    }

    /** What to serve instead of one snapshot; empty where all agents are to run the newest. */
    Optional<Staged> stage(DesiredState state, Snapshot newest) {
        ResourceName gateway = newest.gateway();
        Optional<Rollout> rollout = Optional.ofNullable(known.get(gateway));
        Optional<RolloutPolicy> policy = policy(state, gateway);
        if (rollout.isEmpty() || policy.isEmpty()) {
            forget(gateway);
            return Optional.empty();
        }
        Optional<Staged> found = staged(state, newest, rollout.get(), policy.get());
        situations.put(gateway, situation(state, newest, rollout.get(), found));
        found.ifPresentOrElse(one -> staged.put(gateway, one), () -> staged.remove(gateway));
        return found;
    }

    /** The gateway has no agents to tell any more, or no policy. */
    void forget(ResourceName gateway) {
        situations.remove(gateway);
        staged.remove(gateway);
    }

    private Optional<Staged> staged(DesiredState state, Snapshot newest, Rollout rollout, RolloutPolicy policy) {
        try {
            DesiredState stable = at(rollout.stable(), state);
            Late late = LateState.of(stable, state, newest, waiting::compile);
            if (late.held().isEmpty() || late.snapshot().hasContentOf(newest)) {
                return Optional.empty();
            }
            Late candidate = rollout.candidate().equals(rollout.stable())
                    ? late
                    : LateState.of(
                            TakenBack.without(stable, at(rollout.candidate(), state), state),
                            state,
                            newest,
                            candidates::compile);
            return Optional.of(new Staged(rollout.cohort(policy), candidate, late, words(rollout, policy)));
        } catch (RuntimeException broken) {
            // To keep what is served would keep what was revoked.
            LOG.errorf(
                    broken,
                    "rollout not staged, all agents get the newest gateway=%s revision=%s",
                    rollout.gateway(),
                    state.revision());
            return Optional.empty();
        }
    }

    private DesiredState at(Revision revision, DesiredState state) {
        return Optional.ofNullable(inHand.past().get(revision)).orElse(state);
    }

    private static Situation situation(DesiredState state, Snapshot newest, Rollout rollout, Optional<Staged> staged) {
        return new Situation(
                rollout,
                state.revision(),
                staged.isPresent(),
                staged.filter(one -> !one.candidate().snapshot().hasContentOf(newest))
                        .isPresent(),
                staged.filter(one -> !one.candidate()
                                .snapshot()
                                .hasContentOf(one.waiting().snapshot()))
                        .isPresent(),
                staged.map(one -> one.waiting().held()).orElse(Set.of()));
    }

    private static String words(Rollout rollout, RolloutPolicy policy) {
        String step = "step %d of %d"
                .formatted(
                        Math.min(rollout.step() + 1, policy.steps().size()),
                        policy.steps().size());
        return switch (rollout.phase()) {
            case SETTLED -> "rollout about to begin";
            case PROGRESSING -> "rollout " + step;
            case PAUSED -> "rollout paused at " + step;
            case HALTED -> "rollout halted at " + step;
            case RETURNED -> "rollout returned";
        };
    }
}
