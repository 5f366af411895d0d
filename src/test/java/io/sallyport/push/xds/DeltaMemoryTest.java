package io.sallyport.push.xds;

import static io.sallyport.compiler.envoy.ResourceType.CLUSTER;
import static io.sallyport.compiler.envoy.ResourceType.ENDPOINTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.testkit.EnvoySnapshots;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one stream keeps for itself: nothing of what it has as all others have it. */
class DeltaMemoryTest {
    private static final int MANY = 500;

    @Test
    void whoHasAllAsItIsKeepsNothingOfItsOwn() {
        DeltaDialogue client = connected();

        assertThat(client.session().exceptions()).isZero();
    }

    @Test
    void oneChangeIsOneExceptionUntilItIsAccepted() {
        DeltaDialogue client = connected();

        client.movesTo(many(2, "changed"));

        assertThat(client.hears()).containsExactly("CLUSTER +cluster-7=changed", "ENDPOINTS +cluster-7=1");
        assertThat(client.session().exceptions()).isEqualTo(2);
        client.accepts().hears();
        assertThat(client.session().exceptions()).isZero();
    }

    @Test
    void whatIsRefusedIsOneException() {
        DeltaDialogue client = connected();

        client.movesTo(many(2, "bad")).hears();
        client.refuses().hears();

        assertThat(client.session().exceptions()).isBetween(1, 4);
        assertThat(client.movesTo(many(3, "good")).hears()).contains("CLUSTER +cluster-7=good");
    }

    @Test
    void whoComesBackWithAllOfItKeepsNothingEither() {
        Map<String, String> versions = new TreeMap<>();
        IntStream.range(0, MANY).forEach(number -> versions.put("cluster-" + number, "1"));

        DeltaDialogue client = new DeltaDialogue(many(1, "1")).resumes(CLUSTER, versions);

        assertThat(client.hears()).isEmpty();
        assertThat(client.session().exceptions()).isZero();
    }

    private static DeltaDialogue connected() {
        DeltaDialogue client = new DeltaDialogue(many(1, "1"))
                .asks(CLUSTER)
                .asks(
                        ENDPOINTS,
                        IntStream.range(0, MANY)
                                .mapToObj(number -> "cluster-" + number)
                                .toArray(String[]::new));
        while (!client.hears().isEmpty()) {
            client.accepts();
        }
        return client;
    }

    private static EnvoySnapshot many(long revision, String seventh) {
        EnvoySnapshots all = EnvoySnapshots.at(revision);
        for (ResourceType type : new ResourceType[] {CLUSTER, ENDPOINTS}) {
            for (int number = 0; number < MANY; number++) {
                all.with(type, "cluster-" + number, number == 7 && type == CLUSTER ? seventh : "1");
            }
        }
        return all.build();
    }
}
