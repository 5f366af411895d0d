package io.sallyport.usecase;

import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.rule.Validity.Passed;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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
    void aRuleIsProgrammedWhenAllAgentsOfItsGatewayHaveItsRevision() {
        assertThat(programmed(RULE)).isEqualTo("NoAgents: 0/0 agents connected to this replica have acknowledged it.");
        assertThat(programmed(RULE, agent("internet", "1.aa"), agent("internet", ""), agent("partners", "")))
                .isEqualTo("Pending: 1/2 agents connected to this replica have acknowledged it.");
        assertThat(programmed(RULE, agent("internet", "1.aa"), agent("internet", "7.bb")))
                .isEqualTo("Programmed: 2/2 agents connected to this replica have acknowledged it.");
    }

    @Test
    void gatewaysAndRulesAreProgrammedAndNothingElseIs() {
        assertThat(programmed(aGateway("edge/internet").build(), agent("internet", "1.aa")))
                .startsWith("Programmed: 1/1");
        assertThat(new Conditions(new Revision(9), START, List.of())
                        .of(aNamespace("shop").build()))
                .extracting(Condition::type)
                .containsExactly("Accepted", "ResolvedRefs");
    }

    @Test
    void whatAnAgentRefusesSaysSoInItsWords() {
        AgentStatus willing = agent("internet", "9.aa");
        AgentStatus picky = willing.with(willing.progress()
                .withHeld(
                        List.of(new Held(RULE.key(), "no such thing", false), new Held(RULE.key(), "not now", true))));

        assertThat(programmed(RULE, willing, picky))
                .startsWith("RejectedByAgent: 2 agents")
                .endsWith("node of edge/internet said: no such thing");
        assertThat(programmed(aGateway("edge/internet").build(), willing, picky))
                .startsWith("Programmed: 2/2");
    }

    private static String programmed(Resource<?> resource, AgentStatus... agents) {
        Condition found = condition("Programmed", resource, START, agents);
        assertThat(found.status()).isEqualTo(found.reason().equals("Programmed"));
        return found.reason() + ": " + found.message();
    }

    private static Condition condition(String type, Resource<?> resource, Instant now, AgentStatus... agents) {
        return new Conditions(new Revision(9), now, Arrays.asList(agents))
                .of(resource).stream()
                        .filter(condition -> condition.type().equals(type))
                        .findFirst()
                        .orElseThrow();
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
                .withSent("9.ff")
                .withAcknowledged(acknowledged);
    }
}
