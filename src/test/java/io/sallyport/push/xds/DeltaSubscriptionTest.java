package io.sallyport.push.xds;

import static io.sallyport.compiler.envoy.ResourceType.CLUSTER;
import static io.sallyport.compiler.envoy.ResourceType.ENDPOINTS;
import static io.sallyport.compiler.envoy.ResourceType.EXTENSION_CONFIG;
import static io.sallyport.compiler.envoy.ResourceType.LISTENER;
import static io.sallyport.compiler.envoy.ResourceType.ROUTES;
import static io.sallyport.compiler.envoy.ResourceType.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.testkit.EnvoySnapshots;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeltaSubscriptionTest {
    private static final EnvoySnapshot TWO_OF_EACH = twoOfEach();
    private final DeltaDialogue client = new DeltaDialogue(TWO_OF_EACH);

    private static EnvoySnapshot twoOfEach() {
        EnvoySnapshots snapshot = EnvoySnapshots.at(1);
        for (ResourceType type : ResourceType.values()) {
            snapshot.with(type, "a", "1").with(type, "b", "1");
        }
        return snapshot.build();
    }

    @ParameterizedTest
    @EnumSource(names = {"LISTENER", "CLUSTER"})
    void aFirstRequestWithoutNamesAsksForAllListenersAndClusters(ResourceType type) {
        client.asks(type);

        assertThat(client.hears()).containsExactly(type + " +a=1 +b=1");
    }

    @ParameterizedTest
    @EnumSource(names = {"ROUTES", "ENDPOINTS", "EXTENSION_CONFIG"})
    void elsewhereAFirstRequestWithoutNamesAsksForNothing(ResourceType type) {
        client.asks(type);

        assertThat(client.hears()).isEmpty();
    }

    @Test
    void aReconnectWithoutNamesHandsOutNothingEither() {
        client.resumes(ROUTES, Map.of());

        assertThat(client.hears()).isEmpty();
    }

    @Test
    void aWildcardOfNothingIsAnsweredSoThatTheEnvoyGoesOn() {
        DeltaDialogue lonely = new DeltaDialogue(EnvoySnapshots.at(1).build());

        assertThat(lonely.asks(CLUSTER).hears()).containsExactly("CLUSTER");
        assertThat(lonely.accepts().hears()).isEmpty();
    }

    @Test
    void namedResourcesComeOneByOne() {
        client.asks(ROUTES, "a", "b");

        assertThat(client.hears()).containsExactly("ROUTES +a=1", "ROUTES +b=1");
    }

    @Test
    void anAbsentNameIsReportedOnce() {
        client.asks(ENDPOINTS, "nowhere");

        assertThat(client.hears()).containsExactly("ENDPOINTS -nowhere");
        assertThat(client.accepts().hears()).isEmpty();
    }

    @Test
    void anAbsentNameIsSentWhenItComes() {
        client.asks(ROUTES, "c").hears();

        client.accepts().movesTo(EnvoySnapshots.at(2).with(ROUTES, "c", "1").build());

        assertThat(client.hears()).containsExactly("ROUTES +c=1");
    }

    @Test
    void secretsAreReportedAbsent() {
        client.asks(SECRET, "key");

        assertThat(client.hears()).containsExactly("SECRET -key");
    }

    @Test
    void secretsHaveNoWildcard() {
        client.asks(SECRET);

        assertThat(client.hears()).isEmpty();
    }

    @Test
    void aStarAsksForEverythingAndItsRemovalLeavesTheNames() {
        client.asks(LISTENER, "a");
        assertThat(client.hears()).containsExactly("LISTENER +a=1");

        client.accepts().asks(LISTENER, "*");
        assertThat(client.hears()).containsExactly("LISTENER +b=1");

        client.accepts().drops(LISTENER, "*").movesTo(changed("2"));
        assertThat(client.hears()).containsExactly("LISTENER +a=2");
    }

    @Test
    void whatIsNoLongerAskedForIsNoLongerSent() {
        client.asks(ROUTES, "a", "b").hears();

        client.accepts().drops(ROUTES, "a").movesTo(changed("2"));

        assertThat(client.hears()).containsExactly("ROUTES +b=2");
    }

    @Test
    void droppingANameOfAWildcardTellsWhetherItStays() {
        client.asks(CLUSTER, "*", "a", "gone").hears();

        client.accepts().drops(CLUSTER, "a", "gone");

        assertThat(client.hears()).containsExactlyInAnyOrder("CLUSTER +a=1", "CLUSTER -gone");
    }

    @Test
    void whatIsAskedForAgainIsSentAgain() {
        client.asks(ROUTES, "a").hears();

        client.accepts().asks(ROUTES, "a");

        assertThat(client.hears()).containsExactly("ROUTES +a=1");
    }

    @Test
    void aReconnectResendsNothingThatIsEqualAndRemovesWhatIsGone() {
        client.resumes(CLUSTER, Map.of("a", "1", "b", "0", "old", "1"));

        assertThat(client.hears()).containsExactly("CLUSTER +b=1", "CLUSTER -old");
    }

    @Test
    void aReconnectWithAllOfItHearsNothing() {
        client.resumes(CLUSTER, Map.of("a", "1", "b", "1"))
                .resumes(ENDPOINTS, Map.of("a", "1", "b", "1"), "a", "b")
                .resumes(LISTENER, Map.of("a", "1", "b", "1"))
                .resumes(ROUTES, Map.of("a", "1", "b", "1"), "a", "b")
                .resumes(EXTENSION_CONFIG, Map.of("a", "1", "b", "1"), "a", "b")
                .resumes(SECRET, Map.of("a", "1", "b", "1"), "a", "b");

        assertThat(client.hears()).isEmpty();
        assertThat(client.session().isInStep()).isTrue();
    }

    @Test
    void routesAndEndpointsThatAreGoneAreEmptiedSinceRemovalsAreIgnored() {
        client.resumes(ENDPOINTS, Map.of("old", "1"), "old").resumes(ROUTES, Map.of("old", "1"), "old");

        assertThat(client.hears()).containsExactly("ENDPOINTS +old=gone");
        assertThat(client.accepts().hears()).containsExactly("ROUTES +old=gone");
        assertThat(client.accepts().hears()).isEmpty();
    }

    @Test
    void theRevisionIsTheSystemVersion() {
        client.asks(CLUSTER);

        assertThat(client.hearsRaw().getFirst().getSystemVersionInfo()).isEqualTo("1");
    }

    private static EnvoySnapshot changed(String version) {
        EnvoySnapshots snapshot = EnvoySnapshots.at(2);
        for (ResourceType type : ResourceType.values()) {
            snapshot.with(type, "a", version).with(type, "b", version);
        }
        return snapshot.build();
    }
}
