package io.sallyport.push.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.push.agent.v1.AgentProtocol;
import io.sallyport.push.agent.v1.AgentProtocol.Hello;
import io.sallyport.push.agent.v1.AgentProtocol.ProtocolRange;
import io.sallyport.push.agent.v1.AgentProtocol.Resource;
import io.sallyport.store.Doorbell;
import io.sallyport.store.PolicyStore;
import io.sallyport.testkit.GrpcPortResource;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.PostgresResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
@WithTestResource(GrpcPortResource.class)
class AgentEndpointTest {
    private static final String CLIENT = "gateway-one";
    private static final String RULES = "rules/http/billing.example:80";
    private static final Duration LONGER_THAN_A_CHECK = Duration.ofMillis(1500);

    @Inject
    PolicyStore store;

    @Inject
    Doorbell doorbell;

    @Inject
    AgentRegistry registry;

    @Inject
    SnapshotFeed feed;

    @ConfigProperty(name = GrpcPortResource.PROPERTY)
    int port;

    private final List<TestAgent> agents = new ArrayList<>();
    private ResourceName gateway = Samples.GATEWAY;
    private Desired desired;

    @BeforeEach
    void aGatewayOfItsOwn() {
        String namespace = "n" + UUID.randomUUID().toString().substring(0, 8);
        gateway = ResourceName.of(namespace, "internet");
        desired = new Desired(store, doorbell, gateway);
        desired.begin(CLIENT, Action.ALLOW);
    }

    @AfterEach
    void disconnect() {
        agents.forEach(TestAgent::close);
        await().until(() -> registry.all().isEmpty());
    }

    @Test
    void aNewAgentIsWelcomedAndSentEverything() {
        TestAgent agent = connected(CLIENT, hello());

        assertThat(agent.welcome().getProtocol()).isEqualTo(1);
        AgentProtocol.Snapshot snapshot = agent.snapshot();

        assertThat(snapshot.getFull()).isTrue();
        assertThat(Wire.names(snapshot))
                .contains("gateway", "listener/http", "host/http/billing.example", "host/http/mail.example", RULES);
    }

    @Test
    void theRegistryShowsWhatWasSentAndAcknowledged() {
        TestAgent agent = connected(CLIENT, hello());
        agent.welcome();
        AgentProtocol.Snapshot snapshot = agent.snapshot();

        assertThat(status())
                .returns("test-agent", AgentStatus::nodeId)
                .returns(gateway, AgentStatus::gateway)
                .returns(AgentStatus.Protocol.AGENT, AgentStatus::protocol)
                .returns(snapshot.getVersion(), AgentStatus::sent)
                .returns("", AgentStatus::acknowledged);
        assertThat(status().principal().value()).isEqualTo(CLIENT);
        assertThat(status().peer()).startsWith("127.0.0.1:");

        agent.accept(snapshot);

        await().untilAsserted(() -> assertThat(status().acknowledged()).isEqualTo(snapshot.getVersion()));
    }

    @Test
    void aGatewayThatLapsesIsToldForHowLongAndThatAgainInTime() {
        desired.lapses(CLIENT, Duration.ofSeconds(3));
        TestAgent agent = connected(CLIENT, hello());
        agent.welcome();

        AgentProtocol.Snapshot snapshot = agent.snapshot();
        Instant first = time(snapshot.getValidUntil());
        agent.accept(snapshot);

        assertThat(first)
                .isBetween(Instant.now().minus(Patience.LONG), Instant.now().plusSeconds(3));
        Instant second = time(agent.renewal().getValidUntil());
        assertThat(second).isAfter(first);
        assertThat(time(agent.renewal().getValidUntil())).isAfter(second);
    }

    private static Instant time(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }

    @Test
    void anEditReachesAnAgentAsWhatChangedAlone() {
        TestAgent agent = settled();

        desired.rules(Action.DENY);

        AgentProtocol.Snapshot delta = agent.snapshot();
        assertThat(delta.getFull()).isFalse();
        assertThat(delta.getRemovalsList()).isEmpty();
        assertThat(delta.getUpsertsList())
                .singleElement()
                .returns(RULES, Resource::getName)
                .returns(
                        AgentProtocol.Action.ACTION_DENY,
                        resource -> resource.getRules().getRules(0).getAction());
    }

    @Test
    void aRejectedSnapshotIsShownAndNotSentAgainUntilItsContentChanges() {
        TestAgent agent = settled();
        desired.rules(Action.DENY);

        agent.reject(agent.snapshot(), RULES, "the table is full");

        await().untilAsserted(() -> assertThat(status().lastError()).isEqualTo(RULES + ": the table is full"));
        agent.hearsNothingFor(LONGER_THAN_A_CHECK);
        desired.rules(Action.ALLOW);
        await().untilAsserted(() -> assertThat(status().lastError()).isEmpty());
    }

    @Test
    void anAgentThatReconnectsWithWhatItHoldsIsSentNothing() {
        TestAgent first = connected(CLIENT, hello());
        first.welcome();
        AgentProtocol.Snapshot held = first.snapshot();
        first.accept(held);
        first.close();
        Map<String, String> hashes =
                held.getUpsertsList().stream().collect(Collectors.toMap(Resource::getName, Resource::getHash));

        TestAgent second =
                connected(CLIENT, hello().setHeldVersion(held.getVersion()).putAllHeldResources(hashes));
        second.welcome();

        second.hearsNothingFor(LONGER_THAN_A_CHECK);
        desired.rules(Action.DENY);
        assertThat(Wire.names(second.snapshot())).containsExactly(RULES);
    }

    @Test
    void aClientThatTheGatewayDoesNotSelectIsRefused() {
        TestAgent agent = connected("gateway-two", hello());

        assertThat(agent.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(agent.end().getDescription()).contains("gateway-two").contains(gateway.toString());
    }

    @Test
    void aGatewayThatDoesNotExistIsRefusedInTheSameWay() {
        TestAgent agent = connected(CLIENT, TestAgent.hello("nobody", "nothing"));

        assertThat(agent.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void anAgentWithoutATokenOrWithAnExpiredOneIsRefused() {
        TestAgent nobody = TestAgent.connectWithoutToken(port);
        TestAgent late = TestAgent.connect(port, IssuerResource.issuer().expiredToken());
        agents.addAll(List.of(nobody, late));

        assertThat(nobody.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(late.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void aStreamEndsWithItsToken() {
        awaitGateway();
        String token = IssuerResource.issuer().shortLivedToken(CLIENT, Duration.ofSeconds(3));
        TestAgent agent = TestAgent.connect(port, token);
        agents.add(agent);

        agent.say(hello());

        assertThat(agent.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void aStreamEndsWhenItsAgentIsNoLongerSelected() {
        TestAgent agent = settled();

        desired.admits("gateway-two");

        assertThat(agent.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        await().until(() -> registry.all().isEmpty());
    }

    @Test
    void rangesThatDoNotMeetAreAFailedPrecondition() {
        TestAgent agent = connected(
                CLIENT,
                hello().setProtocol(ProtocolRange.newBuilder().setOldest(2).setNewest(3)));

        assertThat(agent.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(agent.end().getDescription()).contains("2 to 3").contains("1 to 1");
    }

    private TestAgent settled() {
        TestAgent agent = connected(CLIENT, hello());
        agent.welcome();
        agent.accept(agent.snapshot());
        return agent;
    }

    private Hello.Builder hello() {
        return TestAgent.hello(gateway.namespace().value(), gateway.name().value());
    }

    private TestAgent connected(String clientId, Hello.Builder hello) {
        TestAgent agent = TestAgent.connect(port, IssuerResource.issuer().clientToken(clientId));
        agents.add(agent);
        awaitGateway();
        agent.say(hello);
        return agent;
    }

    // What was written reaches the stream's side a moment later, and until then nobody is admitted.
    private void awaitGateway() {
        await().until(() -> feed.newest(gateway).isPresent());
    }

    private AgentStatus status() {
        return registry.all().getFirst();
    }
}
