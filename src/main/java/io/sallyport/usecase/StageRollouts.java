package io.sallyport.usecase;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.LateState;
import io.sallyport.compiler.LateState.Late;
import io.sallyport.compiler.TakenBack;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.rollout.Cohort;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.RolloutStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private final LearnRollouts learned;
    private final IncrementalCompiler waiting = new IncrementalCompiler();
    private final IncrementalCompiler candidates = new IncrementalCompiler();
    private final Map<ResourceName, Staged> staged = new HashMap<>();
    private final Map<ResourceName, Situation> situations = new ConcurrentHashMap<>();

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

    public StageRollouts(RolloutStore rollouts, PolicyStore policies) {
        this.learned = new LearnRollouts(rollouts, policies);
    }

    /** What is known of them, and what it is known by. */
    LearnRollouts learned() {
        return learned;
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
        Optional<Rollout> rollout = learned.of(gateway);
        Optional<RolloutPolicy> policy = LearnRollouts.policy(state, gateway);
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
            DesiredState stable = learned.at(rollout.stable(), state);
            Late late = LateState.of(stable, state, newest, waiting::compile);
            if (late.held().isEmpty() || late.snapshot().hasContentOf(newest)) {
                return Optional.empty();
            }
            Late candidate = rollout.candidate().equals(rollout.stable())
                    ? late
                    : LateState.of(
                            TakenBack.without(stable, learned.at(rollout.candidate(), state), state),
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
