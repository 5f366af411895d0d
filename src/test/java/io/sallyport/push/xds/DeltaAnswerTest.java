package io.sallyport.push.xds;

import static io.sallyport.compiler.envoy.ResourceType.CLUSTER;
import static io.sallyport.compiler.envoy.ResourceType.LISTENER;
import static io.sallyport.compiler.envoy.ResourceType.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.testkit.EnvoySnapshots;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeltaAnswerTest {
    private final DeltaDialogue client = new DeltaDialogue(routes(1, "1", "1"));

    private static EnvoySnapshot routes(long revision, String a, String b) {
        return EnvoySnapshots.at(revision)
                .with(ROUTES, "a", a)
                .with(ROUTES, "b", b)
                .build();
    }

    @Test
    void whatIsRefusedIsNotSentAgain() {
        client.asks(ROUTES, "a", "b").hears();

        assertThat(client.refuses().hears()).isEmpty();
        assertThat(client.waits().hears()).isEmpty();
        assertThat(client.session().error()).isEqualTo("RouteConfiguration: no");
        assertThat(client.session().isInStep()).isFalse();
    }

    @Test
    void whatIsRefusedIsNotSentAgainAtANewerRevisionEither() {
        client.asks(ROUTES, "a", "b").hears();

        client.refuses().movesTo(routes(2, "1", "2"));

        assertThat(client.hears()).containsExactly("ROUTES +b=2");
    }

    @Test
    void itsRepairIsSentAndAccepted() {
        client.asks(ROUTES, "a", "b").hears();
        client.refuses().movesTo(routes(2, "2", "2")).hears();

        client.accepts().hears();

        assertThat(client.session().isInStep()).isTrue();
    }

    @Test
    void whatWasAcceptedBeforeARefusalIsSentWhenItIsBack() {
        client.asks(ROUTES, "a").hears();
        client.accepts().movesTo(routes(2, "bad", "1")).hears();

        client.refuses().movesTo(routes(3, "1", "1"));

        assertThat(client.hears()).containsExactly("ROUTES +a=1");
    }

    @Test
    void aRefusedListenerThatIsGoneIsRemovedByNameAsItMayBeHalfThere() {
        DeltaDialogue envoy = new DeltaDialogue(
                EnvoySnapshots.at(1).with(LISTENER, "bad", "1").build());
        envoy.asks(LISTENER).hears();

        envoy.refuses().movesTo(EnvoySnapshots.at(2).build());

        assertThat(envoy.hears()).containsExactly("LISTENER -bad");
    }

    @Test
    void aListenerWhosePortIsTakenIsTriedAgainAfterAWhileAndThenAfterALongerOne() {
        DeltaDialogue envoy = new DeltaDialogue(
                EnvoySnapshots.at(1).with(LISTENER, "taken", "1").build());
        envoy.asks(LISTENER);

        envoy.answer(envoy.hearsRaw().getFirst(), Optional.of("cannot bind '127.0.0.1:1': Address already in use"));
        assertThat(envoy.hears()).isEmpty();
        assertThat(envoy.session().held().getFirst().passes()).isTrue();
        assertThat(envoy.session().deadline()).isEqualTo(envoy.now().plus(Retries.FIRST));
        envoy.waits(Retries.FIRST);
        envoy.answer(envoy.hearsRaw().getFirst(), Optional.of("cannot bind '127.0.0.1:1': Address already in use"));
        assertThat(envoy.hears()).isEmpty();
        assertThat(envoy.waits(Retries.FIRST).hears()).isEmpty();

        assertThat(envoy.waits(Retries.FIRST).hears()).containsExactly("LISTENER +taken=1");
        envoy.accepts().hears();
        assertThat(envoy.session().held()).isEmpty();
        assertThat(envoy.session().isInStep()).isTrue();
    }

    @Test
    void aListenerThatIsWrongIsNotTriedAgain() {
        DeltaDialogue envoy = new DeltaDialogue(
                EnvoySnapshots.at(1).with(LISTENER, "wrong", "1").build());
        envoy.asks(LISTENER);

        envoy.answer(envoy.hearsRaw().getFirst(), Optional.of("address is necessary"));

        assertThat(envoy.waits(java.time.Duration.ofDays(1)).hears()).isEmpty();
        assertThat(envoy.session().held())
                .extracting(held -> held.object().toString() + ": " + held.reason())
                .containsExactly("EgressGateway edge/internet: address is necessary");
    }

    @Test
    void ofSeveralRefusedTogetherEachIsSentAloneOnce() {
        DeltaDialogue envoy = new DeltaDialogue(EnvoySnapshots.at(1)
                .with(CLUSTER, "bad", "1")
                .with(CLUSTER, "good", "1")
                .build());
        envoy.asks(CLUSTER).hears();

        assertThat(envoy.refuses().hears()).containsExactly("CLUSTER +bad=1", "CLUSTER +good=1");
        assertThat(envoy.refuses().hears()).isEmpty();
    }

    @Test
    void anAnswerToAnOlderResponseDecidesNothing() {
        client.asks(ROUTES, "a");
        var old = client.hearsRaw().getFirst();
        client.movesTo(routes(2, "2", "1")).waits().hears();

        client.answer(old, Optional.of("too late"));

        assertThat(client.session().isInStep()).isFalse();
        assertThat(client.accepts().hears()).isEmpty();
        assertThat(client.session().isInStep()).isTrue();
    }

    @Test
    void aRepeatedAnswerIsIgnored() {
        client.asks(ROUTES, "a");
        var response = client.hearsRaw().getFirst();
        client.answer(response, Optional.empty());

        client.answer(response, Optional.of("on second thought"));

        assertThat(client.hears()).isEmpty();
        client.accepts();
        assertThat(client.session().isInStep()).isTrue();
    }

    @Test
    void equalContentAtANewerRevisionIsNothingToSend() {
        client.asks(ROUTES, "a").hears();
        client.accepts().hears();
        EnvoySnapshot first = routes(1, "1", "1");

        client.session()
                .aimAt(
                        first,
                        new io.sallyport.domain.snapshot.SnapshotVersion(
                                new io.sallyport.domain.Revision(9),
                                first.source().version().hash()));

        assertThat(client.hears()).isEmpty();
        assertThat(client.session().isInStep()).isTrue();
        assertThat(client.session().version()).hasToString("9.hash1");
    }

    @Test
    void aClientThatNeverReadsSkipsVersions() {
        client.asks(ROUTES, "a");

        for (int revision = 2; revision <= 100; revision++) {
            client.movesTo(routes(revision, "v" + revision, "1"));
        }

        assertThat(client.hears()).containsExactly("ROUTES +a=v100");
    }

    @Test
    void anEnvoyThatOnlyBeginsToAskIsNotInStep() {
        DeltaDialogue envoy = new DeltaDialogue(EnvoySnapshots.at(1)
                .with(CLUSTER, "c", "1")
                .with(LISTENER, "l", "1")
                .build());
        envoy.asks(CLUSTER).hears();

        assertThat(envoy.accepts().hears()).isEmpty();
        assertThat(envoy.session().isInStep()).isFalse();
        envoy.asks(LISTENER).hears();
        assertThat(envoy.accepts().hears()).isEmpty();
        assertThat(envoy.session().isInStep()).isTrue();
    }
}
