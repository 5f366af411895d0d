package io.sallyport.push.xds;

import static io.sallyport.compiler.envoy.ResourceType.CLUSTER;
import static io.sallyport.compiler.envoy.ResourceType.ENDPOINTS;
import static io.sallyport.compiler.envoy.ResourceType.EXTENSION_CONFIG;
import static io.sallyport.compiler.envoy.ResourceType.LISTENER;
import static io.sallyport.compiler.envoy.ResourceType.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.testkit.EnvoySnapshots;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeltaOrderTest {
    private static final EnvoySnapshot OLD = gateway(1, "old", "1");
    private static final EnvoySnapshot NEW = gateway(2, "new", "2");
    private final DeltaDialogue client = new DeltaDialogue(OLD);

    private static EnvoySnapshot gateway(long revision, String cluster, String version) {
        return EnvoySnapshots.at(revision)
                .with(CLUSTER, cluster, "1")
                .with(ENDPOINTS, cluster, "1")
                .with(LISTENER, "http", "1")
                .with(ROUTES, "http", version)
                .with(EXTENSION_CONFIG, "http/rules/0", version)
                .with(EXTENSION_CONFIG, "http/identities", version)
                .build();
    }

    @BeforeEach
    void anEnvoyThatRunsTheOldSnapshot() {
        client.asks(CLUSTER).hears();
        client.asks(ENDPOINTS, "old").hears();
        client.accepts().asks(LISTENER).hears();
        client.asks(EXTENSION_CONFIG, "http/rules/0", "http/identities").hears();
        client.asks(ROUTES, "http").hears();
        client.accepts();
        assertThat(client.hears()).isEmpty();
        assertThat(client.session().isInStep()).isTrue();
    }

    @Test
    void suppliesAndRulesComeBeforeTheRoutesThatNameThemAndRemovalsLast() {
        client.movesTo(NEW);

        assertThat(client.hears())
                .containsExactly(
                        "EXTENSION_CONFIG +http/identities=2|1",
                        "EXTENSION_CONFIG +http/rules/0=2|1",
                        "CLUSTER +new=1");
        assertThat(client.asks(ENDPOINTS, "new").hears()).containsExactly("ENDPOINTS +new=1");
        assertThat(client.accepts().hears()).containsExactly("ROUTES +http=2");
        assertThat(client.accepts().hears())
                .containsExactly(
                        "EXTENSION_CONFIG +http/identities=2",
                        "EXTENSION_CONFIG +http/rules/0=2",
                        "CLUSTER -old",
                        "ENDPOINTS +old=gone");
        client.accepts().hears();
        assertThat(client.session().isInStep()).isTrue();
    }

    @Test
    void routesDoNotWaitForEverForSupplies() {
        client.movesTo(NEW).hears();

        assertThat(client.hears()).isEmpty();
        assertThat(client.session().waitingFor()).contains("an answer about clusters", "until");
        assertThat(client.waits().hears()).containsExactly("ROUTES +http=2");
        client.waits().hears();
        assertThat(client.session().waitingFor()).contains("kept until the newest are accepted");
    }

    @Test
    void nothingWaitsWhereAllIsAccepted() {
        assertThat(client.session().waitingFor()).isEmpty();
    }

    @Test
    void aRevocationWaitsForNothing() {
        client.movesTo(NEW).hears();

        client.movesTo(gateway(3, "new", "3"));

        assertThat(client.hears())
                .containsExactly("EXTENSION_CONFIG +http/identities=3|1", "EXTENSION_CONFIG +http/rules/0=3|1");
    }

    @Test
    void whileRoutesAreRefusedTheOldOnesKeepWhatTheyNeed() {
        client.movesTo(NEW).hears();
        client.accepts().hears();

        client.refuses();

        assertThat(client.hears()).isEmpty();
        assertThat(client.movesTo(gateway(3, "new", "3")).hears())
                .containsExactly(
                        "EXTENSION_CONFIG +http/identities=3|1|2",
                        "EXTENSION_CONFIG +http/rules/0=3|1|2",
                        "ROUTES +http=3");
        assertThat(client.accepts().hears()).contains("CLUSTER -old", "EXTENSION_CONFIG +http/identities=3");
    }

    @Test
    void aChangedClusterGetsItsEndpointsAgain() {
        client.movesTo(EnvoySnapshots.at(2)
                .with(CLUSTER, "old", "2")
                .with(ENDPOINTS, "old", "1")
                .with(LISTENER, "http", "1")
                .with(ROUTES, "http", "1")
                .with(EXTENSION_CONFIG, "http/rules/0", "1")
                .with(EXTENSION_CONFIG, "http/identities", "1")
                .build());

        assertThat(client.hears()).containsExactly("CLUSTER +old=2", "ENDPOINTS +old=1");
    }

    @Test
    void aReconnectedEnvoyGetsSuppliesBeforeTheRoutesThatNameThem() {
        DeltaDialogue again = new DeltaDialogue(NEW);

        again.resumes(CLUSTER, Map.of("old", "1"));
        assertThat(again.hears()).containsExactly("CLUSTER +new=1", "CLUSTER -old");
        again.resumes(ROUTES, Map.of("http", "1"), "http");
        assertThat(again.hears()).isEmpty();
        assertThat(again.accepts().hears()).containsExactly("ROUTES +http=2");
    }

    @Test
    void aRemovedListenerGoesAtOnce() {
        client.movesTo(EnvoySnapshots.at(2).with(CLUSTER, "new", "1").build());

        assertThat(client.hears()).contains("LISTENER -http");
    }
}
