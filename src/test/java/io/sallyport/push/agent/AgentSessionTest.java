package io.sallyport.push.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.push.agent.v1.AgentProtocol;
import io.sallyport.push.agent.v1.AgentProtocol.Ack;
import io.sallyport.push.agent.v1.AgentProtocol.AgentMessage;
import io.sallyport.push.agent.v1.AgentProtocol.GatewayRole;
import io.sallyport.push.agent.v1.AgentProtocol.Hello;
import io.sallyport.push.agent.v1.AgentProtocol.Observations;
import io.sallyport.push.agent.v1.AgentProtocol.ProtocolRange;
import io.sallyport.push.agent.v1.AgentProtocol.Reject;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentSessionTest {
    private static final String RULES = "rules/http/billing.example:80";

    private final AgentRegistry registry = new AgentRegistry();

    @Test
    void anAgentThatHoldsNothingIsSentEverything() {
        AgentSession session = session(hello());

        AgentProtocol.Snapshot sent = push(session, Samples.allowing(3));

        assertThat(sent.getFull()).isTrue();
        assertThat(sent.getVersion()).isEqualTo("3.allowing");
        assertThat(sent.getRevision()).isEqualTo(3);
        assertThat(Wire.names(sent))
                .containsExactlyInAnyOrder(
                        "gateway",
                        "source/checkout",
                        "upstream/shop/billing/80",
                        "listener/http",
                        "host/http/billing.example",
                        RULES);
    }

    @Test
    void anAgentThatAcknowledgedIsSentOnlyWhatChanged() {
        AgentSession session = settled(Samples.allowing(3));

        AgentProtocol.Snapshot sent = push(session, Samples.denying(4));

        assertThat(sent.getFull()).isFalse();
        assertThat(Wire.names(sent)).containsExactly(RULES);
        assertThat(sent.getRemovalsList()).isEmpty();
    }

    @Test
    void whatIsGoneIsNamedInTheRemovals() {
        AgentSession session = settled(Samples.allowing(3));

        AgentProtocol.Snapshot sent = push(session, Samples.withoutRules(4));

        assertThat(sent.getUpsertsList()).isEmpty();
        assertThat(sent.getRemovalsList()).containsExactly(RULES);
    }

    @Test
    void nothingIsSentWhileAnAnswerIsOutstandingAndThenTheNewest() {
        AgentSession session = session(hello());
        push(session, Samples.allowing(3));

        assertThat(messages(session, encoded(Samples.denying(4)))).isEmpty();
        session.receive(ack("3.allowing"));

        assertThat(push(session, Samples.withoutRules(5)).getVersion()).isEqualTo("5.bare");
    }

    @Test
    void aNewRevisionOfTheSameContentIsNotSent() {
        AgentSession session = settled(Samples.allowing(3));

        assertThat(messages(session, encoded(Samples.allowing(9)))).isEmpty();

        assertThat(status().acknowledged()).isEqualTo("9.allowing");
    }

    @Test
    void aRejectedSnapshotIsParkedAndShown() {
        AgentSession session = settled(Samples.allowing(3));
        push(session, Samples.denying(4));

        session.receive(reject("4.denying", RULES, "too many rules"));

        assertThat(messages(session, encoded(Samples.denying(5)))).isEmpty();
        assertThat(status().acknowledged()).isEqualTo("3.allowing");
        assertThat(status().lastError()).isEqualTo(RULES + ": too many rules");
    }

    @Test
    void afterARejectionTheNextContentIsSentAgainstWhatIsStillHeld() {
        AgentSession session = settled(Samples.withoutRules(3));
        push(session, Samples.denying(4));
        session.receive(reject("4.denying", RULES, "too many rules"));

        AgentProtocol.Snapshot sent = push(session, Samples.allowing(5));
        session.receive(ack("5.allowing"));

        assertThat(Wire.names(sent)).containsExactly(RULES);
        assertThat(status().lastError()).isEmpty();
    }

    @Test
    void goingBackToWhatIsHeldEndsTheErrorWithoutAPush() {
        AgentSession session = settled(Samples.allowing(3));
        push(session, Samples.denying(4));
        session.receive(reject("4.denying", RULES, "too many rules"));

        assertThat(messages(session, encoded(Samples.allowing(5)))).isEmpty();

        assertThat(status().lastError()).isEmpty();
        assertThat(status().acknowledged()).isEqualTo("5.allowing");
    }

    @Test
    void whatWasRejectedBeforeAReconnectStaysParked() {
        AgentSession session = session(hello().setHeldVersion("3.allowing")
                .setRejected(Reject.newBuilder().setVersion("4.denying").setError("too many rules")));

        assertThat(messages(session, encoded(Samples.denying(4)))).isEmpty();

        assertThat(status().lastError()).contains("too many rules");
    }

    @Test
    void anAgentThatComesBackWithTheSameContentIsSentNothing() {
        AgentSnapshot wanted = encoded(Samples.allowing(3));

        assertThat(messages(session(hello().setHeldVersion("3.allowing")), wanted))
                .isEmpty();
        assertThat(messages(session(hello().setHeldVersion("3.allowing").putAllHeldResources(wanted.hashes())), wanted))
                .isEmpty();
        assertThat(status().acknowledged()).isEqualTo("3.allowing");
    }

    @Test
    void anAgentThatComesBackWithOlderResourcesIsSentTheDifference() {
        AgentSession session = session(hello().setHeldVersion("3.allowing")
                .putAllHeldResources(encoded(Samples.allowing(3)).hashes()));

        AgentProtocol.Snapshot sent = push(session, Samples.denying(4));

        assertThat(sent.getFull()).isFalse();
        assertThat(Wire.names(sent)).containsExactly(RULES);
    }

    @Test
    void anAgentWithAnUnknownVersionAloneIsSentEverything() {
        AgentSession session = session(hello().setHeldVersion("3.unheard-of"));

        assertThat(push(session, Samples.denying(4)).getFull()).isTrue();
    }

    @Test
    void anOlderStateNeverReplacesANewerOne() {
        AgentSession session = session(hello().setHeldVersion("9.denying"));

        assertThat(messages(session, encoded(Samples.allowing(8)))).isEmpty();
        assertThat(status().lastError()).contains("9.denying").contains("revision 8");

        assertThat(push(session, Samples.allowing(10)).getVersion()).isEqualTo("10.allowing");
    }

    @Test
    void anOlderSnapshotIsSentWhereThisServerHasReachedWhatTheAgentHolds() {
        AgentSession session = session(hello().setHeldVersion("9.damaged"));

        assertThat(session.messagesTo(encoded(Samples.allowing(8)), new Revision(9)))
                .isNotEmpty();
    }

    @Test
    void anAnswerToWhatWasNotSentBreaksTheContract() {
        AgentSession session = session(hello());
        push(session, Samples.allowing(3));

        assertThatThrownBy(() -> session.receive(ack("2.allowing")))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("3.allowing");
    }

    @Test
    void observationsAreCounted() {
        AgentSession session = session(hello());

        session.receive(AgentMessage.newBuilder()
                .setObservations(Observations.newBuilder()
                        .addDecisions(AgentProtocol.DecisionCount.newBuilder().setCount(5))
                        .addDecisions(AgentProtocol.DecisionCount.newBuilder().setCount(6)))
                .build());

        assertThat(session.decisionsObserved()).isEqualTo(2);
    }

    private AgentSession settled(Snapshot snapshot) {
        AgentSession session = session(hello());
        AgentProtocol.Snapshot sent = push(session, snapshot);
        session.receive(ack(sent.getVersion()));
        return session;
    }

    private AgentSession session(Hello.Builder hello) {
        registry.connected(AgentStatus.connected(
                "agent-1",
                AgentStatus.Protocol.AGENT,
                new ClientId("gateway-internet"),
                Samples.GATEWAY,
                "one",
                "127.0.0.1:1",
                Instant.EPOCH));
        Greeting greeting =
                Greeting.read(AgentMessage.newBuilder().setHello(hello).build());
        return new AgentSession("agent-1", registry, greeting);
    }

    private static List<ServerMessage> messages(AgentSession session, AgentSnapshot wanted) {
        return session.messagesTo(wanted, wanted.version().revision());
    }

    private AgentStatus status() {
        return registry.all().getFirst();
    }

    private static Hello.Builder hello() {
        return Hello.newBuilder()
                .setName("one")
                .setProtocol(ProtocolRange.newBuilder().setOldest(1).setNewest(1))
                .setGateway(GatewayRole.newBuilder().setNamespace("edge").setName("internet"));
    }

    private static AgentProtocol.Snapshot push(AgentSession session, Snapshot snapshot) {
        return Wire.onlySnapshot(messages(session, encoded(snapshot)));
    }

    private static AgentSnapshot encoded(Snapshot snapshot) {
        return SnapshotEncoder.encode(snapshot);
    }

    private static AgentMessage ack(String version) {
        return AgentMessage.newBuilder()
                .setAck(Ack.newBuilder().setVersion(version))
                .build();
    }

    private static AgentMessage reject(String version, String resource, String error) {
        return AgentMessage.newBuilder()
                .setReject(Reject.newBuilder()
                        .setVersion(version)
                        .setResource(resource)
                        .setError(error))
                .build();
    }
}
