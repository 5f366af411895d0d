package io.sallyport.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.snapshot.GatewaySettings;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SnapshotFeedTest {
    private static final ResourceName INTERNET = ResourceName.of("edge", "internet");
    private final SnapshotFeed feed = new SnapshotFeed();
    private final AtomicInteger told = new AtomicInteger();

    @Test
    void watchersAreToldOfNewContentAndOfNewRevisions() {
        feed.watch(INTERNET, told::incrementAndGet);

        feed.publish(snapshot(1, "a"));
        feed.publish(snapshot(2, "a"));
        feed.publish(snapshot(3, "b"));

        assertThat(told).hasValue(3);
        assertThat(feed.newest(INTERNET)).contains(snapshot(3, "b"));
    }

    @Test
    void theNewestCarriesTheNewestRevisionEvenWithoutNewContent() {
        feed.publish(snapshot(1, "a"));
        feed.publish(snapshot(2, "a"));

        assertThat(feed.newest(INTERNET)).contains(snapshot(2, "a"));
    }

    @Test
    void watchersOfOtherGatewaysAreLeftAlone() {
        feed.watch(ResourceName.of("edge", "partners"), told::incrementAndGet);

        feed.publish(snapshot(1, "a"));

        assertThat(told).hasValue(0);
    }

    @Test
    void aClosedWatchIsToldNothing() {
        var watch = feed.watch(INTERNET, told::incrementAndGet);
        watch.close();

        feed.publish(snapshot(1, "a"));

        assertThat(told).hasValue(0);
    }

    @Test
    void watchersAreToldWhenTheGatewayIsGone() {
        feed.publish(snapshot(1, "a"));
        feed.watch(INTERNET, told::incrementAndGet);

        feed.withdraw(INTERNET);
        feed.withdraw(INTERNET);

        assertThat(told).hasValue(1);
        assertThat(feed.newest(INTERNET)).isEmpty();
    }

    private static Snapshot snapshot(long revision, String hash) {
        return new Snapshot(
                INTERNET,
                new SnapshotVersion(new Revision(revision), hash),
                new GatewaySettings(DefaultAction.DENY, AddressPolicy.DEFAULT, 1, Conduct.DEFAULT),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
