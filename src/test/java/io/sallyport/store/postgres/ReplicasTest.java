package io.sallyport.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Destination;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.testkit.PostgresResource;
import io.sallyport.testkit.Samples;
import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.FollowHead;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReplicasTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ResourceName INTERNET = ResourceName.of("edge", "internet");

    @Inject
    OwnConnection connections;

    @Test
    void replicasThatWriteInTurnConverge() {
        List<Replica> replicas =
                IntStream.range(0, 2).mapToObj(_ -> new Replica(connections)).toList();
        replicas.forEach(replica -> replica.followHead.start());

        List<Revision> written = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            written.add(replicas.get(round % 2).write(round));
        }

        replicas.forEach(replica -> assertThat(replica.followHead.awaitRevision(written.getLast(), SOON))
                .isTrue());
        assertThat(replicas.get(0).current.get())
                .isEqualTo(replicas.get(1).current.get());
        assertThat(replicas.get(0).feed.newest(INTERNET))
                .isPresent()
                .isEqualTo(replicas.get(1).feed.newest(INTERNET));
        replicas.forEach(Replica::stop);
    }

    private static final class Replica {
        private final PostgresPolicyStore store = new PostgresPolicyStore();
        private final PostgresDoorbell doorbell;
        private final CurrentState current = new CurrentState();
        private final SnapshotFeed feed = new SnapshotFeed();
        private final FollowHead followHead;

        Replica(OwnConnection connections) {
            doorbell = new PostgresDoorbell(connections);
            followHead =
                    new FollowHead(store, doorbell, current, new TouchedGateways(), new IncrementalCompiler(), feed);
        }

        Revision write(int round) {
            Destination destination = Samples.destination("of-" + round + ".example.com");
            Revision written = store.write(tx -> {
                        long next = tx.head().next().number();
                        return tx.append(
                                Samples.NOW,
                                "ann",
                                "",
                                List.of(
                                        Samples.put(
                                                next, "edge", "internet", Samples.gateway(new AllowedNamespaces.All())),
                                        Samples.put(next, "shop", "of-" + round, destination)));
                    })
                    .revision();
            doorbell.ring();
            return written;
        }

        void stop() {
            followHead.stop();
            doorbell.close();
        }
    }
}
