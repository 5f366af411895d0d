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
}
