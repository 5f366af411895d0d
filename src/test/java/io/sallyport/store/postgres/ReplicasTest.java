package io.sallyport.store.postgres;

import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.domain.Destination;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.rule.Validity.Passed;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.rest.json.JsonForm;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.PostgresResource;
import io.sallyport.testkit.Samples;
import io.sallyport.testkit.TestDatabase;
import io.sallyport.usecase.ApplyDocuments;
import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.FollowHead;
import io.sallyport.usecase.RecordCrossings;
import io.sallyport.usecase.WriteClock;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReplicasTest {
    private static final Duration SOON = Patience.LONG;
    private static final ResourceName SOON_TO_BEGIN = ResourceName.of("shop", "soon");
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

    @Test
    void aBoundThatSeveralReplicasSeePassIsRecordedOnce() {
        Instant start = Instant.now().plusSeconds(2);
        List<Replica> replicas =
                IntStream.range(0, 3).mapToObj(_ -> new Replica(connections)).toList();
        replicas.forEach(Replica::start);
        Revision written = replicas.getFirst().writeRuleFrom(start);

        replicas.forEach(replica -> await().until(() -> replica.current
                .get()
                .rule(SOON_TO_BEGIN)
                .map(rule -> rule.spec().validity().passed())
                .equals(Optional.of(Passed.START))));

        assertThat(Instant.now()).isAfterOrEqualTo(start);
        await().during(Duration.ofSeconds(1)).until(() -> replicas.getFirst().timesRecordedAfter(written) == 1);
        replicas.forEach(Replica::stop);
    }

    private static final class Replica {
        private final PostgresPolicyStore store =
                new PostgresPolicyStore(new StoredSpecs(new Seal(TestDatabase.ENCRYPTION_KEY)));
        private final PostgresDoorbell doorbell;
        private final CurrentState current = new CurrentState();
        private final SnapshotFeed feed = new SnapshotFeed();
        private final FollowHead followHead;
        private final RecordCrossings crossings;

        Replica(OwnConnection connections) {
            doorbell = new PostgresDoorbell(connections);
            followHead =
                    new FollowHead(store, doorbell, current, new TouchedGateways(), new IncrementalCompiler(), feed);
            ApplyDocuments apply = new ApplyDocuments(
                    new Authorizer(current::get),
                    current,
                    store,
                    new PolicyChecks(),
                    new Guardrails(new TouchedGateways(), new IncrementalCompiler()),
                    new IncrementalCompiler(),
                    doorbell,
                    followHead,
                    new JsonForm(),
                    InstantSource.system(),
                    WriteClock.UNHEARD);
            crossings = new RecordCrossings(current, apply, InstantSource.system());
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

        void start() {
            followHead.start();
            crossings.start();
            assertThat(followHead.awaitRevision(store.head(), SOON)).isTrue();
        }

        Revision writeRuleFrom(Instant start) {
            Resource<?> rule = aRule("shop/soon")
                    .from(everyone())
                    .to("shop/billing")
                    .between(start, Instant.MAX)
                    .build();
            Revision written = store.write(tx -> tx.append(
                            Samples.NOW,
                            "ann",
                            "",
                            List.of(Samples.put(tx.head().next().number(), "shop", "soon", rule.spec()))))
                    .revision();
            doorbell.ring();
            return written;
        }

        // Rules of other tests are in the same database, and bounds of theirs may pass meanwhile.
        long timesRecordedAfter(Revision written) {
            return store.revisionsAfter(written, 100).stream()
                    .flatMap(record -> record.changes().stream())
                    .filter(change -> change.key().name().equals(SOON_TO_BEGIN))
                    .count();
        }

        void stop() {
            crossings.stop();
            followHead.stop();
            doorbell.close();
        }
    }
}
