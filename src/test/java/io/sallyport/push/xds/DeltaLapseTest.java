package io.sallyport.push.xds;

import static io.sallyport.compiler.envoy.ResourceType.CLUSTER;
import static io.sallyport.compiler.envoy.ResourceType.EXTENSION_CONFIG;
import static io.sallyport.compiler.envoy.ResourceType.LISTENER;
import static io.sallyport.compiler.envoy.ResourceType.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Name;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.testkit.EnvoySnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeltaLapseTest {
    private static final Duration AFTER = Duration.ofSeconds(30);
    private static final Duration THIRD = Duration.ofSeconds(10);

    private final DeltaDialogue client = new DeltaDialogue(rules(1, "1").build());

    private static EnvoySnapshots rules(long revision, String version) {
        return keeping(revision, version).lapsingAfter(AFTER);
    }

    private static EnvoySnapshots keeping(long revision, String version) {
        return EnvoySnapshots.at(revision)
                .with(EXTENSION_CONFIG, "a", version)
                .with(EXTENSION_CONFIG, "b", "1")
                .with(ROUTES, "http", "1")
                .with(CLUSTER, "up", "1");
    }

    @Test
    void rulesComeWithATimeLimitAndAreRenewedThreeTimesWithinIt() {
        assertThat(client.asks(EXTENSION_CONFIG, "a", "b").hears())
                .containsExactly("EXTENSION_CONFIG +a=1~ 30s", "EXTENSION_CONFIG +b=1~ 30s");
        assertThat(client.accepts().hears()).isEmpty();
        assertThat(client.session().deadline()).isEqualTo(client.now().plus(THIRD));
        assertThat(client.waits(THIRD.minusMillis(1)).hears()).isEmpty();

        assertThat(client.waits(Duration.ofMillis(1)).hears()).containsExactly("EXTENSION_CONFIG ?a=1~ 30s ?b=1~ 30s");
        assertThat(client.accepts().waits(THIRD).hears()).containsExactly("EXTENSION_CONFIG ?a=1~ 30s ?b=1~ 30s");
    }

    @Test
    void routesAndClustersAreNeverLimited() {
        client.asks(CLUSTER).asks(ROUTES, "http").asks(EXTENSION_CONFIG, "a", "b");
        assertThat(client.hears()).contains("CLUSTER +up=1", "ROUTES +http=1");

        assertThat(client.accepts().waits(THIRD).hears()).containsExactly("EXTENSION_CONFIG ?a=1~ 30s ?b=1~ 30s");
        assertThat(client.accepts().hears()).isEmpty();
        assertThat(client.session().isInStep()).isTrue();
    }

    @Test
    void listenersThatPassBytesOnAreLimitedAndOthersAreNot() {
        DeltaDialogue gate = new DeltaDialogue(EnvoySnapshots.at(1)
                .lapsingAfter(AFTER)
                .with(listener("clear", Listener.Protocol.HTTP), "1")
                .with(listener("through", Listener.Protocol.TLS), "1")
                .build());

        assertThat(gate.asks(LISTENER).hears()).containsExactly("LISTENER +clear=1 +through=1~ 30s");
        gate.accepts().hears();
        assertThat(gate.waits(THIRD).hears()).containsExactly("LISTENER ?through=1~ 30s");
    }

    @Test
    void nobodyIsPromisedMoreThanWhatIsLeftSinceTheStoreAnswered() {
        client.afterSilence(Duration.ofSeconds(12));

        assertThat(client.asks(EXTENSION_CONFIG, "a").hears()).containsExactly("EXTENSION_CONFIG +a=1~ 18s");
        client.accepts();
        assertThat(client.waits(THIRD).afterSilence(Duration.ofSeconds(22)).hears())
                .containsExactly("EXTENSION_CONFIG ?a=1~ 8s");
    }

    @Test
    void aServerThatIsCutOffGivesNothingOutAndLaterAllOfItWhole() {
        client.asks(EXTENSION_CONFIG, "a").hears();
        client.accepts().hears();
        client.waits(AFTER).afterSilence(AFTER);

        assertThat(client.asks(EXTENSION_CONFIG, "b").hears()).isEmpty();
        client.afterSilence(Duration.ZERO);

        assertThat(client.hears()).containsExactly("EXTENSION_CONFIG +b=1~ 30s", "EXTENSION_CONFIG +a=1~ 30s");
    }

    @Test
    void aRefusedRenewalIsFollowedByTheWholeAndIsNobodysFault() {
        client.asks(EXTENSION_CONFIG, "a", "b").hears();
        client.accepts().hears();
        client.waits(THIRD).hears();

        assertThat(client.refuses().hears())
                .containsExactly("EXTENSION_CONFIG +a=1~ 30s", "EXTENSION_CONFIG +b=1~ 30s");
        assertThat(client.session().error()).isEmpty();
        assertThat(client.accepts().hears()).isEmpty();
    }

    @Test
    void whatIsRunInPlaceOfARefusedChangeIsKeptAlive() {
        client.asks(EXTENSION_CONFIG, "a").hears();
        client.accepts().movesTo(rules(2, "bad").build()).hears();
        client.refuses().hears();

        assertThat(client.waits(THIRD).hears()).containsExactly("EXTENSION_CONFIG ?a=1~ 30s");
        assertThat(client.refuses().hears()).isEmpty();
        assertThat(client.waits(THIRD).hears()).isEmpty();
        assertThat(client.session().error()).isEqualTo("TypedExtensionConfig: no");
    }

    @Test
    void whoComesBackIsToldAtOnceThatWhatHeHasHolds() {
        client.resumes(EXTENSION_CONFIG, Map.of("a", "1~"), "a", "b");

        assertThat(client.hears()).containsExactly("EXTENSION_CONFIG +b=1~ 30s", "EXTENSION_CONFIG ?a=1~ 30s");
    }

    @Test
    void whatIsHeldWithoutALimitIsSentWithOne() {
        client.resumes(EXTENSION_CONFIG, Map.of("a", "1"), "a");

        assertThat(client.hears()).containsExactly("EXTENSION_CONFIG +a=1~ 30s");
    }

    @Test
    void aNewLimitHoldsWithTheNextRenewalAndNoLimitTakesItAway() {
        client.asks(EXTENSION_CONFIG, "a").hears();
        client.accepts().hears();

        client.movesTo(keeping(2, "1").lapsingAfter(Duration.ofSeconds(6)).build());
        assertThat(client.waits(Duration.ofSeconds(2)).hears()).containsExactly("EXTENSION_CONFIG ?a=1~ 6s");
        client.accepts().movesTo(rules(3, "1").build());
        assertThat(client.waits(Duration.ofSeconds(2)).hears()).containsExactly("EXTENSION_CONFIG ?a=1~ 30s");
        assertThat(client.accepts().movesTo(keeping(4, "1").build()).hears()).containsExactly("EXTENSION_CONFIG +a=1");
        assertThat(client.accepts().waits(AFTER).hears()).isEmpty();
        assertThat(client.session().deadline()).isEqualTo(Instant.MAX);
    }

    private static Listener listener(String name, Listener.Protocol protocol) {
        return new Listener(
                new Name(name),
                new IpAddress("127.0.0.1"),
                new PortNumber(1),
                protocol,
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
