package io.sallyport.usecase;

import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.rule.Validity.Passed;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Access;
import io.sallyport.identity.Caller;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");
    private static final Resource<?> RULE = aRule("shop/november")
            .from(everyone())
            .to("shop/billing")
            .between(START, END)
            .build();
    private static final Access EVERYTHING = new Access(Caller.system("test"), Set.of(Role.ADMINISTRATOR), Map.of());
    private static final Resource<?> GATEWAY = aGateway("edge/internet").build();
    private static final Resource<?> SHOP = aNamespace("shop").build();

    @ParameterizedTest
    @CsvSource({
        "2026-10-31T23:59:59Z, false, NotYetValid, It begins at 2026-11-01T00:00:00Z.",
        "2026-11-01T00:00:00Z, false, Valid, It ends at 2026-12-01T00:00:00Z.",
        "2026-12-01T00:00:00Z, true, Expired, It ended at 2026-12-01T00:00:00Z."
    })
    void aRuleSaysWhereItStandsInTime(Instant now, boolean expired, String reason, String message) {
        assertThat(condition("Expired", RULE, now))
                .isEqualTo(new Condition("Expired", expired, reason, message, new Revision(9)));
    }

    @Test
    void whatIsRecordedAsOverIsExpiredByAnyClock() {
        var spec = (EgressRule) RULE.spec();
        var over = new Resource<>(
                RULE.metadata(), spec.withValidity(spec.validity().withPassed(Passed.END)));

        assertThat(condition("Expired", over, START).status()).isTrue();
    }

    @Test
    void aRuleIsProgrammedWhenAllAgentsOfItsGatewayRunIt() {
        assertThat(programmed(RULE)).isEqualTo("NoAgents: 0/0 agents run it: no agent of its gateways is connected.");
        assertThat(programmed(RULE, running("internet", "1.aa"), agent("internet", ""), agent("partners", "")))
                .isEqualTo("Pending: 1/2 agents run it. node of edge/internet does not: It was not sent yet;"
                        + " it has accepted nothing yet.");
        assertThat(programmed(RULE, running("internet", "1.aa"), running("internet", "7.bb")))
                .isEqualTo("Programmed: 2/2 agents run it.");
    }

    @Test
    void whatIsAcceptedIsNotYetRun() {
        assertThat(programmed(RULE, agent("internet", "1.aa")))
                .isEqualTo(
                        "Pending: 0/1 agents run it. node of edge/internet does not: It has accepted it, and its access"
                                + " log does not show yet that it serves; it may still run revision 1.");
    }

    @Test
    void whatAnAgentRefusedIsToldWithItsWords() {
        AgentStatus refusing = agent("internet", "").withError("Listener: cannot bind");

        assertThat(programmed(RULE, refusing))
                .isEqualTo("Pending: 0/1 agents run it. node of edge/internet does not: It refused Listener:"
                        + " cannot bind; it has accepted nothing yet.");
    }

    @Test
    void whoIsGoneMayRunWhatItLikes() {
        AgentStatus gone = running("internet", "1.aa").gone(START);

        assertThat(programmed(RULE, gone, running("internet", "1.aa")))
                .startsWith("Pending: 1/2 agents run it. node of edge/internet does not: Its stream ended at " + START);
    }

    @Test
    void everythingIsProgrammedWhereItConcernsAGateway() {
        assertThat(programmed(GATEWAY, running("internet", "1.aa"))).startsWith("Programmed: 1/1");
        assertThat(programmed(SHOP, running("internet", "1.aa"))).startsWith("Programmed: 1/1");
    }

    @Test
    void whatAnAgentRefusesSaysSoInItsWords() {
        AgentStatus willing = running("internet", "9.aa");
        AgentStatus picky =
                willing.with(willing.progress().withHeld(List.of(new Held(RULE.key(), "no such thing", false))));

        assertThat(programmed(RULE, willing, picky))
                .startsWith(
                        "RejectedByAgent: 1/2 agents run it. node of edge/internet does not: It refused what came of"
                                + " EgressRule shop/november")
                .endsWith("it said: no such thing.");
        assertThat(programmed(GATEWAY, willing, picky)).startsWith("Programmed: 2/2");
    }

    private static String programmed(Resource<?> resource, AgentStatus... agents) {
        Condition found = condition("Programmed", resource, START, agents);
        assertThat(found.status()).isEqualTo(found.reason().equals("Programmed"));
        return found.reason() + ": " + found.message();
    }

    private static Condition condition(String type, Resource<?> resource, Instant now, AgentStatus... agents) {
        DesiredState state = DesiredState.of(new Revision(9), List.of(RULE, GATEWAY, SHOP));
        var standing = new Standing(new SnapshotFeed(), ignored -> List.of());
        return new Conditions(new Revision(9), now, new Programmed(state, Arrays.asList(agents), standing, EVERYTHING))
                .of(resource).stream()
                        .filter(condition -> condition.type().equals(type))
                        .findFirst()
                        .orElseThrow();
    }

    private static AgentStatus running(String gateway, String version) {
        AgentStatus agent = agent(gateway, version);
        return agent.with(agent.progress().withEffective(SnapshotVersion.parse(version)));
    }

    private static AgentStatus agent(String gateway, String acknowledged) {
        return AgentStatus.connected(
                        "id",
                        AgentStatus.Protocol.XDS_DELTA,
                        new ClientId("gateway"),
                        ResourceName.of("edge", gateway),
                        "node",
                        "127.0.0.1",
                        START)
                .withSent(acknowledged)
                .withAcknowledged(acknowledged);
    }
}
