package io.sallyport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.feed.PublishedStates;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.store.OutageBundle;
import io.sallyport.store.memory.InMemoryDoorbell;
import io.sallyport.store.memory.InMemoryPolicyStore;
import io.sallyport.store.memory.InMemoryRolloutStore;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replica that starts while its store is away. */
class OutageBundleTest {
    private static final ResourceName INTERNET = ResourceName.of("edge", "internet");

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final InMemoryDoorbell doorbell = new InMemoryDoorbell();
    private final OnlyOne bundle = new OnlyOne();
    private final Replica replica = new Replica();

    /** One process's part. */
    private final class Replica {
        private final CurrentState current = new CurrentState();
        private final SnapshotFeed feed = new SnapshotFeed();
        private final FollowHead followHead = new FollowHead(
                store,
                doorbell,
                current,
                new TouchedGateways(),
                new IncrementalCompiler(),
                feed,
                new PublishedStates(),
                bundle,
                WriteClock.UNHEARD,
                new StageRollouts(new InMemoryRolloutStore(), store));
        private final KeepBundle keepBundle = new KeepBundle(bundle, current, followHead, InstantSource.system());
    }

    /** Remembers one state. */
    private static final class OnlyOne implements OutageBundle {
        private volatile Kept kept = new Kept.Absent();

        @Override
        public boolean isKept() {
            return true;
        }

        @Override
        public void keep(DesiredState state, Instant asOf) {
            kept = new Kept.Usable(state, asOf);
        }

        @Override
        public Kept read(Instant now) {
            return kept;
        }
    }

    @AfterEach
    void stop() {
        replica.followHead.stop();
    }

    @Test
    void itServesWhatIsKeptSaysSoAndCatchesUpWhenTheStoreIsBack() {
        write("internet");
        Instant asOf = Instant.now().minusSeconds(90);
        bundle.keep(store.load(), asOf);
        write("partners");
        store.setAway(true);

        replica.followHead.start();

        assertThat(replica.followHead.awaitRevision(new Revision(1), Patience.LONG))
                .isTrue();
        assertThat(replica.feed.newest(INTERNET)).isPresent();
        assertThat(replica.followHead.isFromStore()).isFalse();
        assertThat(replica.followHead.lastResort()).contains("revision 1 as of " + asOf);
        assertThat(replica.followHead.silence())
                .as("nobody is promised anything by what is as old as that")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(90));
        store.setAway(false);
        assertThat(replica.followHead.awaitRevision(new Revision(2), Patience.LONG))
                .isTrue();
        await().until(replica.followHead::isFromStore);
        assertThat(replica.current.get()).isEqualTo(store.load());
    }

    @Test
    void whatIsNotBelievedIsNotServed() {
        write("internet");
        bundle.kept = new OutageBundle.Kept.Refused("outage.bundle: it was changed");
        store.setAway(true);

        replica.followHead.start();

        await().until(() -> !replica.followHead.lastResort().isEmpty());
        assertThat(replica.followHead.lastResort()).contains("not believed: outage.bundle: it was changed");
        assertThat(replica.followHead.hasFirstState()).isFalse();
        assertThat(replica.feed.newest(INTERNET)).isEmpty();
        store.setAway(false);
        await().until(replica.followHead::hasFirstState);
    }

    @Test
    void whatAStateFromDiskIsOfIsNeverKeptAnew() {
        write("internet");
        Instant asOf = Instant.now().minusSeconds(90);
        DesiredState state = store.load();
        bundle.keep(state, asOf);
        store.setAway(true);
        replica.followHead.start();
        replica.followHead.awaitRevision(new Revision(1), Patience.LONG);

        replica.keepBundle.lookOnce();

        assertThat(bundle.kept).isEqualTo(new OutageBundle.Kept.Usable(state, asOf));
    }

    @Test
    void whatTheStoreSaidIsKeptAsItMoves() {
        replica.followHead.start();
        write("internet");
        replica.followHead.awaitRevision(new Revision(1), Patience.LONG);
        replica.keepBundle.lookOnce();
        assertThat(bundle.kept)
                .isInstanceOfSatisfying(
                        OutageBundle.Kept.Usable.class,
                        kept -> assertThat(kept.state()).isEqualTo(replica.current.get()));
        OutageBundle.Kept first = bundle.kept;

        replica.keepBundle.lookOnce();

        assertThat(bundle.kept).as("nothing has moved").isSameAs(first);
        write("partners");
        replica.followHead.awaitRevision(new Revision(2), Patience.LONG);
        replica.keepBundle.lookOnce();
        assertThat(bundle.kept).isNotSameAs(first);
    }

    private void write(String gateway) {
        store.write(tx -> tx.append(
                Samples.NOW,
                "ann",
                "",
                List.of(Samples.put(
                        tx.head().next().number(), "edge", gateway, Samples.gateway(new AllowedNamespaces.All())))));
        doorbell.ring();
    }
}
