package io.sallyport.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.Kind;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.rollout.Cohort;
import io.sallyport.domain.rollout.Member;
import io.sallyport.domain.snapshot.GatewaySettings;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.feed.Offered.Lane;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SnapshotFeedTest {
    private static final ResourceName INTERNET = ResourceName.of("edge", "internet");
    private static final ResourceKey RULE =
            new ResourceKey(Kind.EGRESS_RULE, ResourceName.of("shop", "checkout-to-billing"));
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
    void whoIsInTheCohortRunsTheCandidateAndTheOthersWait() {
        Member canary = member("canary-1", Map.of("track", "canary"));
        Member other = member("edge-1", Map.of("track", "main"));
        LabelSelector canaries = new LabelSelector(new TreeMap<>(Map.of("track", "canary")), List.of());

        feed.publish(
                snapshot(2, "b"),
                new Split(
                        new Cohort(0, List.of(canaries)),
                        new Split.Part(snapshot(2, "b"), Set.of()),
                        new Split.Part(snapshot(2, "a"), Set.of(RULE)),
                        "rollout step 1 of 2"));

        assertThat(feed.offered(canary)).contains(new Offered(Lane.CANDIDATE, snapshot(2, "b")));
        assertThat(feed.offered(other)).contains(new Offered(Lane.WAITING, snapshot(2, "a")));
        assertThat(feed.newest(INTERNET)).contains(snapshot(2, "b"));
    }

    @Test
    void whatAVersionLacksIsKnownAfterTheSplitIsOver() {
        feed.publish(
                snapshot(2, "b"),
                new Split(
                        Cohort.NOBODY,
                        new Split.Part(snapshot(2, "b"), Set.of()),
                        new Split.Part(snapshot(2, "a"), Set.of(RULE)),
                        "rollout step 1 of 2"));
        feed.publish(snapshot(2, "b"));

        assertThat(feed.heldBack(INTERNET, snapshot(2, "a").version())).containsExactly(RULE);
        assertThat(feed.heldBack(INTERNET, snapshot(2, "b").version())).isEmpty();
        assertThat(feed.offered(member("edge-1", Map.of()))).contains(new Offered(Lane.CANDIDATE, snapshot(2, "b")));
    }

    private static Member member(String node, Map<String, String> labels) {
        return new Member(new AgentName(new ClientId("gateway"), INTERNET, node), new TreeMap<>(labels));
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
