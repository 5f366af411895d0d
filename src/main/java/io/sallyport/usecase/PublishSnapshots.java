package io.sallyport.usecase;

import io.sallyport.compiler.LateState;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.feed.PublishedStates;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.feed.Split;
import io.sallyport.store.RolloutsInHand;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/** Compiles what a move from one state to another touches. One gateway that fails holds up no other. */
final class PublishSnapshots {
    private static final Logger LOG = Logger.getLogger(PublishSnapshots.class);

    private final TouchedGateways touched;
    private final BiFunction<DesiredState, ResourceName, Snapshot> compiler;
    private final SnapshotFeed feed;
    private final PublishedStates states;
    private final Optional<StageRollouts> rollouts;
    // Only the thread that follows the head comes here, so this needs no lock.
    private final Set<ResourceName> behind = new TreeSet<>();
    private final Set<ResourceName> moved = new TreeSet<>();

    PublishSnapshots(
            TouchedGateways touched, BiFunction<DesiredState, ResourceName, Snapshot> compiler, SnapshotFeed feed) {
        this(touched, compiler, feed, new PublishedStates(), Optional.empty());
    }

    PublishSnapshots(
            TouchedGateways touched,
            BiFunction<DesiredState, ResourceName, Snapshot> compiler,
            SnapshotFeed feed,
            PublishedStates states,
            Optional<StageRollouts> rollouts) {
        this.touched = touched;
        this.compiler = compiler;
        this.feed = feed;
        this.states = states;
        this.rollouts = rollouts;
    }

    /** Reads what it takes to publish a state; throws where the store is away, and then nothing is other than before. */
    void prepare(DesiredState state) {
        rollouts.ifPresent(stage -> moved.addAll(stage.learned().refresh(state)));
    }

    /** The same, where all is read again. */
    void prepareWhole(DesiredState state) {
        rollouts.ifPresent(stage -> moved.addAll(stage.learned().refreshWhole(state)));
    }

    /** Takes what was kept of rollouts for a start without the store. */
    void take(RolloutsInHand kept) {
        rollouts.ifPresent(stage -> stage.learned().take(kept));
    }

    /** Publishes anew what is another without a newer state. */
    void again(DesiredState state) {
        prepare(state);
        Set.copyOf(moved).forEach(gateway -> publish(state, gateway));
    }

    void move(DesiredState before, DesiredState after, Collection<? extends Change> changes) {
        rollouts.ifPresent(stage -> moved.addAll(stage.concerned(touched, after, changes)));
        publish(after, touched(before, after, changes));
    }

    void moveWhole(DesiredState before, DesiredState after) {
        publish(after, gatewaysOfEither(before, after));
    }

    private Set<ResourceName> touched(DesiredState before, DesiredState after, Collection<? extends Change> changes) {
        try {
            return touched.of(before, after, changes);
        } catch (RuntimeException broken) {
            LOG.errorf(broken, "touched gateways not found, all are compiled revision=%s", after.revision());
            return gatewaysOfEither(before, after);
        }
    }

    private void publish(DesiredState state, Set<ResourceName> gateways) {
        Set<ResourceName> all = new TreeSet<>(gateways);
        all.addAll(behind);
        all.addAll(moved);
        all.forEach(gateway -> publish(state, gateway));
        feed.reached(state.revision());
    }

    private void publish(DesiredState state, ResourceName gateway) {
        behind.remove(gateway);
        moved.remove(gateway);
        if (state.gateway(gateway).isEmpty()) {
            feed.withdraw(gateway);
            states.forget(gateway);
            rollouts.ifPresent(stage -> stage.forget(gateway));
            return;
        }
        try {
            Snapshot snapshot = compiler.apply(state, gateway);
            states.add(snapshot, state);
            rollouts.flatMap(stage -> stage.stage(state, snapshot))
                    .ifPresentOrElse(staged -> publish(snapshot, staged), () -> publish(snapshot));
        } catch (RuntimeException broken) {
            behind.add(gateway);
            LOG.errorf(
                    broken,
                    "snapshot not compiled, the gateway keeps its last one gateway=%s revision=%s",
                    gateway,
                    state.revision());
        }
    }

    private void publish(Snapshot snapshot) {
        feed.publish(snapshot);
        LOG.infof("snapshot published gateway=%s version=%s", snapshot.gateway(), snapshot.version());
    }

    private void publish(Snapshot newest, StageRollouts.Staged staged) {
        Split.Part candidate = part(staged.candidate());
        Split.Part waiting = part(staged.waiting());
        feed.publish(newest, new Split(staged.cohort(), candidate, waiting, staged.words()));
        LOG.infof(
                "snapshots published gateway=%s version=%s candidate=%s waiting=%s held=%d state=%s",
                newest.gateway(),
                newest.version(),
                candidate.snapshot().version(),
                waiting.snapshot().version(),
                waiting.held().size(),
                staged.words());
    }

    private Split.Part part(LateState.Late late) {
        states.add(late.snapshot(), late.state());
        return new Split.Part(late.snapshot(), late.held());
    }

    private static Set<ResourceName> gatewaysOfEither(DesiredState before, DesiredState after) {
        Set<ResourceName> all = new TreeSet<>();
        before.resources(Kind.EGRESS_GATEWAY).names().forEach(all::add);
        after.resources(Kind.EGRESS_GATEWAY).names().forEach(all::add);
        return all;
    }
}
