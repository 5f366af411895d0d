package io.sallyport.compiler;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.RuleBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is held is what was accepted, less what the newest state takes away. */
class HeldBackTest {
    private static final ResourceKey RULE = ResourceKey.of(Kind.EGRESS_RULE, "edge", "rule");
    private static final ResourceKey DESTINATION = ResourceKey.of(Kind.DESTINATION, "edge", "one");

    private static RuleBuilder rule(String... destinations) {
        RuleBuilder rule = aRule("edge/rule").tier(Tier.ADMIN).from(everyone());
        for (String destination : destinations) {
            rule.to(destination);
        }
        return rule;
    }

    private static DestinationBuilder destination(String... hosts) {
        return aDestination("edge/one").hosts(hosts).port(80, Protocol.HTTP);
    }

    private static EgressRule held(RuleBuilder before, RuleBuilder after) {
        return HeldBack.state(state(before), state(after), Set.of(RULE))
                .rules()
                .iterator()
                .next()
                .spec();
    }

    @Test
    void aRuleThatReachesMoreReachesWhatItDid() {
        assertThat(held(rule("edge/one"), rule("edge/one", "edge/two")))
                .isEqualTo(rule("edge/one").build().spec());
    }

    @Test
    void aRuleThatReachesLessReachesWhatBothSay() {
        assertThat(held(rule("edge/one", "edge/two"), rule("edge/two", "edge/three"))
                        .to())
                .isEqualTo(rule("edge/two").build().spec().to());
    }

    @Test
    void whatWasAllowedAndIsDeniedIsDenied() {
        assertThat(held(rule("edge/one"), rule("edge/one", "edge/two").denying())
                        .action())
                .isEqualTo(Action.DENY);
    }

    @Test
    void aDenialStaysThoughItIsToBeAllowed() {
        assertThat(held(rule("edge/one").denying(), rule("edge/one")))
                .isEqualTo(rule("edge/one").denying().build().spec());
    }

    @Test
    void aRuleThatIsOffOrElsewhereOrNewIsNotThere() {
        assertThat(HeldBack.state(
                                state(rule("edge/one")), state(rule("edge/one").off()), Set.of(RULE))
                        .rules())
                .isEmpty();
        assertThat(HeldBack.state(state(rule("edge/one")), state(rule("edge/two")), Set.of(RULE))
                        .rules())
                .isEmpty();
        assertThat(HeldBack.state(DesiredState.EMPTY, state(rule("edge/one")), Set.of(RULE))
                        .rules())
                .isEmpty();
    }

    @Test
    void aDestinationKeepsTheHostsThatItIsToKeepAndGetsNoOthers() {
        DesiredState held = HeldBack.state(
                state(destination("a.test", "b.test")), state(destination("b.test", "c.test")), Set.of(DESTINATION));

        assertThat(held.destinations().iterator().next().spec().hosts())
                .isEqualTo(destination("b.test").build().spec().hosts());
    }

    @Test
    void whatIsNewOrOtherAndConcernsTheGatewayIsSuspect() {
        DesiredState accepted = state(aGateway("edge/internet"), destination("a.test"), rule("edge/one"));
        DesiredState target = state(
                aGateway("edge/internet"),
                destination("b.test"),
                rule("edge/one"),
                aRule("edge/elsewhere").gateway("edge/other").from(everyone()).to("edge/one"));

        assertThat(HeldBack.suspects(accepted, target, Cases.GATEWAY)).containsExactly(DESTINATION);
    }
}
