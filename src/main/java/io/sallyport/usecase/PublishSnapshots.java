package io.sallyport.usecase;

import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.feed.PublishedStates;
import io.sallyport.feed.SnapshotFeed;
import java.util.Collection;
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
    // Only the thread that follows the head comes here, so this needs no lock.
    private final Set<ResourceName> behind = new TreeSet<>();

    PublishSnapshots(
            TouchedGateways touched, BiFunction<DesiredState, ResourceName, Snapshot> compiler, SnapshotFeed feed) {
        this(touched, compiler, feed, new PublishedStates());
    }

    PublishSnapshots(
            TouchedGateways touched,
            BiFunction<DesiredState, ResourceName, Snapshot> compiler,
            SnapshotFeed feed,
            PublishedStates states) {
        this.touched = touched;
        this.compiler = compiler;
        this.feed = feed;
        this.states = states;
    }

    void move(DesiredState before, DesiredState after, Collection<? extends Change> changes) {
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
        all.forEach(gateway -> publish(state, gateway));
        feed.reached(state.revision());
    }

    private void publish(DesiredState state, ResourceName gateway) {
        behind.remove(gateway);
        if (state.gateway(gateway).isEmpty()) {
            feed.withdraw(gateway);
            states.forget(gateway);
            return;
        }
        try {
            Snapshot snapshot = compiler.apply(state, gateway);
            states.add(snapshot, state);
            feed.publish(snapshot);
            LOG.infof("snapshot published gateway=%s version=%s", gateway, snapshot.version());
        } catch (RuntimeException broken) {
            behind.add(gateway);
            LOG.errorf(
                    broken,
                    "snapshot not compiled, the gateway keeps its last one gateway=%s revision=%s",
                    gateway,
                    state.revision());
        }
    }

    private static Set<ResourceName> gatewaysOfEither(DesiredState before, DesiredState after) {
        Set<ResourceName> all =
                new TreeSet<>(before.resources(Kind.EGRESS_GATEWAY).keySet());
        all.addAll(after.resources(Kind.EGRESS_GATEWAY).keySet());
        return all;
    }
}
