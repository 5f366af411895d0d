package io.sallyport.push.xds;

import static io.sallyport.compiler.envoy.ResourceType.CLUSTER;
import static io.sallyport.compiler.envoy.ResourceType.ENDPOINTS;
import static io.sallyport.compiler.envoy.ResourceType.LISTENER;
import static io.sallyport.compiler.envoy.ResourceType.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.testkit.EnvoySnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateOfTheWorldTest {
    private final EnvoySnapshot first = twoOfEach(1, "1");
    private final Session<DiscoveryRequest, DiscoveryResponse> session = new Session<>(
            Variant.STATE_OF_THE_WORLD.ofOneType(CLUSTER),
            new Contents((older, target) -> target.ofType(ResourceType.EXTENSION_CONFIG)),
            RefusedSecrets.OfAgent.NONE,
            new StreamLedger("envoy", new AgentRegistry()),
            Unguarded.of(first),
            first,
            first.source().version());
    private final Map<String, List<String>> asked = new TreeMap<>();
    private final List<DiscoveryResponse> unanswered = new ArrayList<>();

    private static EnvoySnapshot twoOfEach(long revision, String version) {
        EnvoySnapshots snapshot = EnvoySnapshots.at(revision);
        for (ResourceType type : ResourceType.values()) {
            snapshot.with(type, "a", version).with(type, "b", "1");
        }
        return snapshot.build();
    }

    @ParameterizedTest
    @EnumSource(names = {"LISTENER", "CLUSTER"})
    void withoutNamesAllListenersAndClustersComeAtOnce(ResourceType type) {
        ask(type, "");

        assertThat(hear()).containsExactly(type + " 1 1");
        accept();
        assertThat(hear()).isEmpty();
        assertThat(session.isInStep()).isTrue();
    }

    @Test
    void aChangeOfOneClusterSendsAllOfThem() {
        ask(CLUSTER, "");
        hear();
        accept();

        move(twoOfEach(2, "2"));

        assertThat(hear()).containsExactly("CLUSTER 2 1");
    }

    @Test
    void aChangeOfOneRouteSendsItAlone() {
        ask(ROUTES, "", "a", "b");
        assertThat(hear()).containsExactly("ROUTES 1", "ROUTES 1");
        accept();

        move(twoOfEach(2, "2"));

        assertThat(hear()).containsExactly("ROUTES 2");
    }

    @Test
    void aChangedClusterGetsItsEndpointsAgainAndTheOthersDoNot() {
        ask(CLUSTER, "");
        ask(ENDPOINTS, "", "a", "b");
        hear();
        accept();
        EnvoySnapshots next = EnvoySnapshots.at(2)
                .with(CLUSTER, "a", "2")
                .with(CLUSTER, "b", "1")
                .with(ENDPOINTS, "a", "1")
                .with(ENDPOINTS, "b", "1");

        move(next.build());

        assertThat(hear()).containsExactly("CLUSTER 2 1", "ENDPOINTS 1");
    }

    @Test
    void whatIsRefusedIsNotSentAgainUntilItChanges() {
        ask(LISTENER, "");
        hear();

        refuse();

        assertThat(hear()).isEmpty();
        assertThat(session.error()).isEqualTo("Listener: no");
        move(twoOfEach(2, "2"));
        assertThat(hear()).containsExactly("LISTENER 2 1");
    }

    @Test
    void aNameThatIsNotThereIsAnsweredByItsAbsence() {
        ask(LISTENER, "", "nowhere");

        assertThat(hear()).containsExactly("LISTENER");
    }

    @Test
    void aReconnectWithAllOfItHearsNothing() {
        ask(CLUSTER, "");
        String version =
                session.next(Instant.EPOCH, Duration.ZERO).orElseThrow().getVersionInfo();
        var again = new Session<>(
                Variant.STATE_OF_THE_WORLD.ofOneType(CLUSTER),
                new Contents((older, target) -> target.ofType(ResourceType.EXTENSION_CONFIG)),
                RefusedSecrets.OfAgent.NONE,
                new StreamLedger("envoy", new AgentRegistry()),
                Unguarded.of(first),
                first,
                first.source().version());

        again.receive(
                CLUSTER.typeUrl(),
                DiscoveryRequest.newBuilder()
                        .setTypeUrl(CLUSTER.typeUrl())
                        .setVersionInfo(version)
                        .build());

        assertThat(again.next(Instant.EPOCH, Duration.ZERO)).isEmpty();
    }

    @Test
    void routesThatAreGoneAreEmptied() {
        ask(ROUTES, "", "a");
        hear();
        accept();

        move(EnvoySnapshots.at(2).build());

        assertThat(hear()).hasSize(1);
    }

    private void ask(ResourceType type, String nonce, String... names) {
        asked.put(type.typeUrl(), List.of(names));
        session.receive(type.typeUrl(), request(type.typeUrl(), nonce).build());
    }

    private DiscoveryRequest.Builder request(String typeUrl, String nonce) {
        return DiscoveryRequest.newBuilder()
                .setTypeUrl(typeUrl)
                .setResponseNonce(nonce)
                .addAllResourceNames(asked.get(typeUrl));
    }

    private void accept() {
        unanswered.forEach(response -> session.receive(
                response.getTypeUrl(),
                request(response.getTypeUrl(), response.getNonce())
                        .setVersionInfo(response.getVersionInfo())
                        .build()));
        unanswered.clear();
    }

    private void refuse() {
        unanswered.forEach(response -> session.receive(
                response.getTypeUrl(),
                request(response.getTypeUrl(), response.getNonce())
                        .setErrorDetail(Status.newBuilder().setCode(13).setMessage("no"))
                        .build()));
        unanswered.clear();
    }

    private void move(EnvoySnapshot target) {
        session.aimAt(target, target.source().version());
    }

    /** The type, and the content of each resource. */
    private List<String> hear() {
        List<String> heard = new ArrayList<>();
        for (var next = session.next(Instant.EPOCH, Duration.ZERO);
                next.isPresent();
                next = session.next(Instant.EPOCH, Duration.ZERO)) {
            DiscoveryResponse response = next.get();
            unanswered.add(response);
            StringBuilder words = new StringBuilder(
                    ResourceType.ofTypeUrl(response.getTypeUrl()).orElseThrow().name());
            response.getResourcesList()
                    .forEach(resource ->
                            words.append(' ').append(resource.getValue().toStringUtf8()));
            heard.add(words.toString());
        }
        return heard;
    }
}
