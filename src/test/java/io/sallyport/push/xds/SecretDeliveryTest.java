package io.sallyport.push.xds;

import static io.sallyport.compiler.envoy.ResourceType.LISTENER;
import static io.sallyport.compiler.envoy.ResourceType.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.testkit.EnvoySnapshots;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretDeliveryTest {
    private final RefusedSecrets refusals = new RefusedSecrets();
    private final DeltaDialogue client = new DeltaDialogue(at(1, "1"), refusals);

    private static EnvoySnapshot at(int revision, String version) {
        return EnvoySnapshots.at(revision)
                .with(LISTENER, "https", "1")
                .with(SECRET, "edge/corp", "1")
                .with(SECRET, "edge/server", version)
                .build();
    }

    @Test
    void nothingIsSentThatWasNotAskedForByName() {
        assertThat(client.asks(SECRET).hears()).isEmpty();
        assertThat(client.asks(SECRET, "edge/server").hears()).containsExactly("SECRET +edge/server=1");
    }

    @Test
    void eachComesAlone() {
        assertThat(client.asks(SECRET, "edge/corp", "edge/server").hears())
                .containsExactly("SECRET +edge/corp=1", "SECRET +edge/server=1");
    }

    @Test
    void aSecretOfAnotherGatewayIsAbsent() {
        assertThat(client.asks(SECRET, "pay/server").hears()).containsExactly("SECRET -pay/server");
    }

    @Test
    void aNewOneGoesOutWithoutItsListener() {
        client.asks(LISTENER, "*").asks(SECRET, "edge/server").hears();

        client.accepts().movesTo(at(2, "2"));

        assertThat(client.hears()).containsExactly("SECRET +edge/server=2");
    }

    @Test
    void oneThatWasRefusedIsNotSentAgainUntilItIsAnother() {
        client.asks(SECRET, "edge/server").hears();
        client.refuses().asks(SECRET, "edge/server").movesTo(at(2, "1"));
        assertThat(client.hears()).isEmpty();
        assertThat(client.session().isInStep()).isFalse();

        client.movesTo(at(3, "2"));

        assertThat(client.hears()).containsExactly("SECRET +edge/server=2");
    }

    @Test
    void aReconnectDoesNotMakeARefusedOneGoodEither() {
        client.asks(SECRET, "edge/server").hears();
        client.refuses();

        var again = new DeltaDialogue(at(1, "1"), refusals).resumes(SECRET, Map.of("edge/server", "0"), "edge/server");

        assertThat(again.hears()).isEmpty();
        assertThat(again.session().isInStep()).isFalse();
        assertThat(again.movesTo(at(2, "2")).hears()).containsExactly("SECRET +edge/server=2");
    }

    @Test
    void whatOneEnvoyRefusedIsSentToAnother() {
        refusals.of("another").add("edge/server", "1");

        assertThat(client.asks(SECRET, "edge/server").hears()).containsExactly("SECRET +edge/server=1");
    }
}
