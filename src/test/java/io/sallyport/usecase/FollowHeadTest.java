package io.sallyport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.snapshot.GatewaySettings;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.store.memory.InMemoryDoorbell;
import io.sallyport.store.memory.InMemoryPolicyStore;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowHeadTest {
    private static final Duration SOON = Patience.LONG;
    private static final ResourceName INTERNET = ResourceName.of("edge", "internet");
    private static final ResourceName PARTNERS = ResourceName.of("edge", "partners");
    private static final EgressGateway GATEWAY = Samples.gateway(new AllowedNamespaces.All());

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final InMemoryDoorbell doorbell = new InMemoryDoorbell();
    private final CurrentState current = new CurrentState();
    private final SnapshotFeed feed = new SnapshotFeed();
    private final Set<ResourceName> broken = ConcurrentHashMap.newKeySet();
    private final FollowHead followHead =
            new FollowHead(store, doorbell, current, new PublishSnapshots(new TouchedGateways(), this::compile, feed));

    @AfterEach
    void stop() {
        followHead.stop();
    }

    @Test
    void theFirstStateIsPublishedWhole() {
        Revision written = write(number -> Samples.put(number, "edge", "internet", GATEWAY));
        assertThat(followHead.hasFirstState()).isFalse();

        followHead.start();

        assertThat(followHead.awaitRevision(written, SOON)).isTrue();
        assertThat(current.get()).isEqualTo(store.load());
        assertThat(feed.newest(INTERNET)).isPresent();
        assertThat(feed.revision()).isEqualTo(written);
    }

    @Test
    void aWriteArrivesWithARingAndWithoutOne() {
        followHead.start();
        Revision created = write(number -> Samples.put(number, "edge", "internet", GATEWAY));
        doorbell.ring();
        assertThat(followHead.awaitRevision(created, SOON)).isTrue();
        assertThat(feed.newest(INTERNET)).isPresent();

        Revision deleted = write(number -> Samples.delete(GATEWAY, "edge", "internet"));

        assertThat(followHead.awaitRevision(deleted, SOON)).isTrue();
        assertThat(feed.newest(INTERNET)).isEmpty();
    }

    @Test
    void onceAMarkIsKnownAllThatWasWrittenBeforeItIsServed() {
        followHead.start();
        for (int round = 0; round < 50; round++) {
            Revision written = write(number -> Samples.put(number, "edge", "internet", GATEWAY));

            long mark = followHead.mark();

            assertThat(followHead.awaitKnown(mark, SOON)).isTrue();
            assertThat(feed.revision().isAfter(written) || feed.revision().equals(written))
                    .as("revision %s is served, %s is", written, feed.revision())
                    .isTrue();
        }
    }

    @Test
    void whileTheStoreIsAwayNoMarkIsKnown() {
        followHead.start();
        followHead.awaitRevision(Revision.NONE, SOON);
        store.setAway(true);
        await().until(followHead::isStoreAway);

        long mark = followHead.mark();

        assertThat(followHead.isKnown(mark)).isFalse();
        store.setAway(false);
        assertThat(followHead.awaitKnown(mark, SOON)).isTrue();
    }

    @Test
    void whatIsNotThereIsNotAwaitedForEver() {
        followHead.start();

        assertThat(followHead.awaitRevision(new Revision(1), Duration.ofMillis(20)))
                .isFalse();
    }

    @Test
    void whileTheStoreIsAwayWhatIsKnownIsServedAndLaterCaughtUp() {
        write(number -> Samples.put(number, "edge", "internet", GATEWAY));
        followHead.start();
        followHead.awaitRevision(new Revision(1), SOON);
        store.setAway(true);
        await().until(() -> !followHead.staleFor().isZero());
        assertThat(feed.newest(INTERNET)).isPresent();

        store.setAway(false);
        Revision written = write(number -> Samples.put(number, "edge", "partners", GATEWAY));

        assertThat(followHead.awaitRevision(written, SOON)).isTrue();
        await().until(() -> followHead.staleFor().isZero());
        assertThat(feed.newest(PARTNERS)).isPresent();
    }

    @Test
    void aReplicaThatStartsWithoutItsStoreBecomesReadyLater() {
        store.setAway(true);
        followHead.start();
        await().until(() -> !followHead.staleFor().isZero());
        assertThat(followHead.hasFirstState()).isFalse();

        store.setAway(false);

        await().until(followHead::hasFirstState);
    }

    @Test
    void aGatewayThatCannotBeCompiledHoldsUpNoOtherAndIsTriedAgain() {
        broken.add(INTERNET);
        followHead.start();
        write(number -> Samples.put(number, "edge", "internet", GATEWAY));
        Revision second = write(number -> Samples.put(number, "edge", "partners", GATEWAY));
        assertThat(followHead.awaitRevision(second, SOON)).isTrue();
        assertThat(feed.newest(PARTNERS)).isPresent();
        assertThat(feed.newest(INTERNET)).isEmpty();

        broken.clear();
        Revision third = write(number -> Samples.put(number, "shop", "shop", Samples.namespace()));

        assertThat(followHead.awaitRevision(third, SOON)).isTrue();
        assertThat(feed.newest(INTERNET)).isPresent();
    }

    @Test
    void aStoreThatWentBackIsReadAgain() {
        write(number -> Samples.put(number, "edge", "internet", GATEWAY));
        write(number -> Samples.put(number, "edge", "partners", GATEWAY));
        followHead.start();
        followHead.awaitRevision(new Revision(2), SOON);

        store.goBackTo(new Revision(1));

        await().until(() -> current.get().revision().equals(new Revision(1)));
        await().untilAsserted(() -> assertThat(feed.newest(PARTNERS)).isEmpty());
        assertThat(feed.newest(INTERNET)).isPresent();
    }

    @Test
    void whatThisReplicaWroteIsServedWithoutAskingTheStore() {
        followHead.start();
        followHead.awaitRevision(Revision.NONE, SOON);
        RevisionRecord written = record(number -> Samples.put(number, "edge", "internet", GATEWAY));
        store.setAway(true);

        followHead.handOver(written);

        assertThat(followHead.awaitRevision(written.revision(), SOON)).isTrue();
        assertThat(feed.newest(INTERNET)).isPresent();
    }

    @Test
    void whatAnotherReplicaWroteBeforeItIsServedBeforeIt() {
        followHead.start();
        followHead.awaitRevision(Revision.NONE, SOON);
        Revision theirs = write(number -> Samples.put(number, "edge", "internet", GATEWAY));
        RevisionRecord own = record(number -> Samples.put(number, "edge", "partners", GATEWAY));

        followHead.handOver(own);

        assertThat(followHead.awaitRevision(own.revision(), SOON)).isTrue();
        assertThat(own.revision()).isEqualTo(theirs.next());
        assertThat(feed.newest(INTERNET)).isPresent();
        assertThat(current.get()).isEqualTo(store.load());
    }

    private Revision write(LongFunction<Change> change) {
        return record(change).revision();
    }

    private RevisionRecord record(LongFunction<Change> change) {
        return store.write(tx -> tx.append(
                Samples.NOW, "ann", "", List.of(change.apply(tx.head().next().number()))));
    }

    private Snapshot compile(DesiredState state, ResourceName gateway) {
        if (broken.contains(gateway)) {
            throw new IllegalStateException("told to be broken");
        }
        EgressGateway spec = state.gateway(gateway).orElseThrow().spec();
        return new Snapshot(
                gateway,
                new SnapshotVersion(state.revision(), Integer.toString(spec.hashCode())),
                new GatewaySettings(spec.defaultAction(), spec.addressPolicy(), 1, spec.conduct()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
