package io.sallyport.compiler.guardrail;

import static io.sallyport.testkit.AuthorizationRuleBuilder.denying;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.GuardrailBuilder.always;
import static io.sallyport.testkit.GuardrailBuilder.never;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static io.sallyport.testkit.Sources.everyone;
import static io.sallyport.testkit.Sources.principals;
import static io.sallyport.testkit.Sources.selecting;
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.Finding;
import io.sallyport.compiler.Finding.Severity;
import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.guardrail.Transport;
import io.sallyport.testkit.RandomState;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuardrailsTest {
    private static final Instant NOW = RandomState.NOON;

    private final DesiredState base = ResourceBuilder.state(
            aNamespace("edge"),
            aNamespace("shop").cidrs("10.1.0.0/16").spiffeIds("spiffe://corp/ns/shop/*"),
            aGateway("edge/internet")
                    .http("http", 10080)
                    .tls("tls", 10443)
                    .connect("connect", 10081)
                    .mutual("https", 10444, "cert", "ca"),
            aDestination("edge/paste")
                    .hosts("paste.example", "*.paste.example")
                    .port(80, Protocol.HTTP)
                    .port(443, Protocol.HTTPS)
                    .visibleTo("shop")
                    .dynamically(),
            aDestination("shop/bank")
                    .hosts("bank.example")
                    .port(443, Protocol.TLS)
                    .at("192.0.2.7"),
            aWorkload("shop/web").labelled("app", "web").at("10.1.0.7/32").certifiedAs("spiffe://corp/ns/shop/sa/web"));

    private final Guardrails guardrails = new Guardrails(new TouchedGateways(), new IncrementalCompiler());

    @Test
    void whatIsNeverLetThroughIsRefusedToWhoeverWouldLetItThrough() {
        DesiredState guarded = with(base, never("edge/no-paste").to("*.paste.example"));

        assertThat(write(
                        guarded,
                        rule("shop/paste").from(selecting("app", "web")).to("edge/paste")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                    assertThat(finding.subject()).hasToString("EgressRule shop/paste");
                    assertThat(finding.reason()).isEqualTo("GuardrailViolated");
                    assertThat(finding.message())
                            .startsWith(
                                    "guardrail edge/no-paste does not hold: GET any-0f3c.paste.example:80 by 10.1.0.7 at")
                            .endsWith("is let through by shop/paste");
                });
    }

    @Test
    void whereItOnlyWarnsTheWriteGoesOn() {
        DesiredState guarded =
                with(base, never("edge/no-paste").to("*.paste.example").warning());

        assertThat(write(guarded, rule("shop/paste").from(everyone()).to("edge/paste")))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
    }

    @Test
    void aGuardrailThatDoesNotHoldCannotBeWritten() {
        DesiredState open = with(base, rule("shop/paste").from(everyone()).to("edge/paste"));

        assertThat(write(open, never("edge/no-paste").to("paste.example")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.subject()).hasToString("Guardrail edge/no-paste");
                    assertThat(finding.pointer()).isEqualTo("/spec");
                });
    }

    @Test
    void whoMakesItNoWorseIsNotHeldToIt() {
        DesiredState open = with(
                base,
                rule("shop/paste").from(everyone()).to("edge/paste", 80),
                never("edge/no-paste").to("paste.example").warning());

        assertThat(write(open, rule("shop/bank").from(everyone()).to("shop/bank")))
                .isEmpty();
        assertThat(write(open, rule("shop/paste").from(selecting("app", "web")).to("edge/paste", 80)))
                .isEmpty();
        assertThat(write(open, rule("shop/paste").from(everyone()).to("edge/paste")))
                .hasSize(1);
    }

    @Test
    void whatADenialCoversIsNotLetThrough() {
        DesiredState guarded = with(
                base,
                aRule("edge/not-web")
                        .tier(Tier.ADMIN)
                        .denying()
                        .from(addresses("10.1.0.7/32"))
                        .to("edge/paste"),
                never("edge/no-paste").from(addresses("10.1.0.7/32")).to("paste.example"));

        assertThat(write(
                        guarded,
                        rule("shop/paste").from(addresses("10.1.0.0/16")).to("edge/paste")))
                .isEmpty();
    }

    @Test
    void aHoleThatTwoDenialsLeaveIsFound() {
        DesiredState guarded = with(
                base,
                denyingAddresses("edge/lower", "10.1.0.0/31"),
                denyingAddresses("edge/upper", "10.1.0.3/32"),
                never("edge/no-paste").from(addresses("10.1.0.0/30")).to("paste.example"));
        RuleBuilder rule = rule("shop/paste").from(addresses("10.1.0.0/16")).to("edge/paste");

        assertThat(write(guarded, rule))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("by 10.1.0.2 "));
        assertThat(write(with(guarded, denyingAddresses("edge/hole", "10.1.0.2/32")), rule))
                .isEmpty();
    }

    @Test
    void certificatesAreTriedByName() {
        DesiredState guarded = with(
                base,
                aRule("edge/not-robots")
                        .tier(Tier.ADMIN)
                        .denying()
                        .listener("https")
                        .from(principals("spiffe://corp/ns/shop/sa/x*"))
                        .to("edge/paste"),
                never("edge/no-paste")
                        .from(principals("spiffe://corp/ns/shop/*"))
                        .to("paste.example"));

        assertThat(write(
                        guarded,
                        rule("shop/paste")
                                .listener("https")
                                .from(principals("spiffe://corp/ns/shop/sa/*"))
                                .to("edge/paste")))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).contains("by spiffe://corp/ns/shop/sa/yany-0f3c from"));
        assertThat(write(
                        guarded,
                        rule("shop/paste")
                                .listener("https")
                                .from(principals("spiffe://corp/ns/shop/sa/x1"))
                                .to("edge/paste")))
                .isEmpty();
    }

    @Test
    void exceptionsAreNotSpokenOf() {
        DesiredState guarded = with(
                base,
                never("edge/no-paste")
                        .to("*")
                        .exceptTo("ok.paste.example")
                        .exceptTo("bank.example")
                        .exceptFrom(addresses("10.1.0.7/32")));

        assertThat(write(guarded, rule("shop/bank").from(everyone()).to("shop/bank")))
                .isEmpty();
        assertThat(write(
                        guarded,
                        rule("shop/paste").from(addresses("10.1.0.7/32")).to("edge/paste")))
                .isEmpty();
        assertThat(write(
                        guarded,
                        rule("shop/paste").from(addresses("10.1.0.8/32")).to("edge/paste")))
                .hasSize(1);
    }

    @Test
    void howAFlowGoesOnIsAskedOf() {
        DesiredState guarded = with(base, never("edge/no-cleartext").over(Transport.CLEARTEXT));

        assertThat(write(guarded, rule("shop/paste").from(everyone()).to("edge/paste", 80)))
                .hasSize(1);
        assertThat(write(guarded, rule("shop/paste").from(everyone()).to("edge/paste", 443)))
                .isEmpty();
    }

    @Test
    void methodsAreLetThroughUnlessAPolicyRefusesThemWhollyAndWhatIsNotReadMayCarryAny() {
        DesiredState guarded =
                with(base, never("edge/no-upload").to("paste.example", 80).by("POST"));
        RuleBuilder read = rule("shop/paste").listener("http").from(everyone()).to("edge/paste", 80);
        RuleBuilder unread =
                rule("shop/paste").listener("connect").from(everyone()).to("edge/paste", 80);

        assertThat(write(guarded, read)).hasSize(1);
        assertThat(write(
                        with(
                                guarded,
                                aSecurityPolicy("edge/p")
                                        .onDestination("paste")
                                        .authorizing(denying("post").methods("POST"))),
                        read))
                .isEmpty();
        assertThat(write(
                        with(
                                guarded,
                                aSecurityPolicy("edge/p")
                                        .onDestination("paste")
                                        .authorizing(
                                                denying("post").methods("POST").paths("/a/*"))),
                        read))
                .hasSize(1);
        assertThat(write(guarded, unread))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("CONNECT paste.example:80"));
    }

    @Test
    void whatIsToBeLetThroughOneDayCounts() {
        DesiredState guarded = with(base, never("edge/no-paste").to("paste.example"));
        Instant tomorrow = NOW.plusSeconds(86_400);

        assertThat(write(
                        guarded,
                        rule("shop/paste").from(everyone()).to("edge/paste").between(tomorrow, Instant.MAX)))
                .hasSize(1);
        assertThat(write(
                        guarded,
                        rule("shop/paste").from(everyone()).to("edge/paste").between(Instant.MIN, NOW.minusSeconds(1))))
                .isEmpty();
    }

    @Test
    void moreWorkloadsAreMoreFlows() {
        DesiredState guarded = with(
                base,
                rule("shop/paste").from(selecting("app", "web")).to("edge/paste"),
                never("edge/no-paste").from(addresses("10.1.0.9/32")).to("paste.example"));

        assertThat(write(guarded, aWorkload("shop/other").labelled("app", "web").at("10.1.0.9/32")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.subject()).hasToString("Workload shop/other"));
        assertThat(write(guarded, aWorkload("shop/other").labelled("app", "api").at("10.1.0.9/32")))
                .isEmpty();
    }

    @Test
    void whatIsAlwaysLetThroughCannotBeTakenAway() {
        RuleBuilder rule = rule("shop/bank").from(selecting("app", "web")).to("shop/bank");
        DesiredState guarded = with(
                base, rule, always("edge/bank").from(addresses("10.1.0.7/32")).toDestination("shop/bank"));

        assertThat(delete(guarded, rule))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .isEqualTo(
                                "guardrail edge/bank does not hold: TLS to bank.example:443 by 10.1.0.7 at listener 'tls' of"
                                        + " gateway edge/internet is refused by sallyport/default-deny"));
        assertThat(write(guarded, denyingAddresses("edge/nobody", "10.1.0.0/24", "shop/bank")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.subject()).hasToString("EgressRule edge/nobody"));
        assertThat(write(
                        guarded,
                        rule("shop/bank")
                                .from(selecting("app", "web"))
                                .to("shop/bank")
                                .between(NOW.minusSeconds(1), NOW.plusSeconds(60))))
                .hasSize(1);
    }

    @Test
    void theFlowThatIsNamedIsOneThatWasLetThrough() {
        RuleBuilder rule = rule("shop/bank").from(selecting("app", "web")).to("shop/bank");
        DesiredState guarded = with(
                base,
                aNamespace("alpha"),
                aGateway("alpha/gate").tls("tls", 20443),
                rule,
                always("edge/bank").from(addresses("10.1.0.7/32")).toDestination("shop/bank"));

        assertThat(delete(guarded, rule))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).contains("at listener 'tls' of gateway edge/internet"));
    }

    @Test
    void oneListenerOfThoseThatSeeWhoItIsIsEnough() {
        DesiredState guarded = with(
                base,
                rule("shop/bank").listener("tls").from(selecting("app", "web")).to("shop/bank"),
                always("edge/bank").from(addresses("10.1.0.7/32")).toDestination("shop/bank"));

        assertThat(guardrails.findings(
                        guarded, Set.of(always("edge/bank").build().key()), NOW))
                .isEmpty();
    }

    @Test
    void aHostThatNobodyKnowsIsNeverReached() {
        assertThat(write(base, always("edge/ntp").from(everyone()).to("ntp.example")))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).contains("no listener of any gateway knows ntp.example"));
    }

    @Test
    void whatIsLookedAtIsToldOf() {
        DesiredState open = with(
                base,
                rule("shop/paste").from(everyone()).to("edge/paste"),
                never("edge/no-paste").to("paste.example").warning());

        assertThat(guardrails.findings(
                        open, Set.of(never("edge/no-paste").build().key()), NOW))
                .extracting(Finding::reason)
                .containsExactly("GuardrailViolated");
        assertThat(guardrails.findings(open, Set.of(), NOW)).isEmpty();
    }

    @Test
    void whoWidensWhatWasOpenIsToldOfWhatIsNew() {
        RuleBuilder narrow = rule("shop/paste").from(addresses("10.1.0.0/24")).to("edge/paste", 80);
        DesiredState open =
                with(base, narrow, never("edge/no-paste").to("paste.example").warning());

        assertThat(write(open, rule("shop/paste").from(addresses("10.1.0.0/16")).to("edge/paste", 80)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("by 10.1.1.0 "));
    }

    @Test
    void whoProlongsWhatWasOpenIsToldOfWhatIsNew() {
        RuleBuilder brief = rule("shop/paste")
                .from(everyone())
                .to("edge/paste", 80)
                .between(NOW.minusSeconds(60), NOW.plusSeconds(60));
        DesiredState open =
                with(base, brief, never("edge/no-paste").to("paste.example").warning());

        assertThat(write(open, rule("shop/paste").from(everyone()).to("edge/paste", 80)))
                .hasSize(1);
        assertThat(write(
                        open,
                        rule("shop/paste")
                                .from(everyone())
                                .to("edge/paste", 80)
                                .between(NOW.minusSeconds(60), NOW.plusSeconds(30))))
                .isEmpty();
    }

    @Test
    void whoAsksForAHostThatIsGoneComesToWhatCoversIt() {
        ResourceBuilder<?> shut = aDestination("edge/shut")
                .hosts("shut.paste.example")
                .port(80, Protocol.HTTP)
                .dynamically();
        DesiredState guarded = with(
                base,
                shut,
                rule("shop/paste").from(everyone()).to("edge/paste"),
                never("edge/no-leak").to("shut.paste.example"));

        assertThat(write(guarded, rule("shop/paste").from(everyone()).to("edge/paste")))
                .isEmpty();
        assertThat(delete(guarded, shut))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("GET shut.paste.example:80"));
    }

    @Test
    void whatATcpListenerLeadsToIsMeantByItsNames() {
        DesiredState guarded = with(
                base,
                aGateway("edge/bytes").tcp("tcp", 10082, "edge/db"),
                aDestination("edge/db")
                        .hosts("db.example")
                        .port(5432, Protocol.TCP)
                        .visibleTo("shop")
                        .at("192.0.2.8"),
                rule("shop/db").gateway("edge/bytes").from(everyone()).to("edge/db"),
                never("edge/no-paste").to("paste.example"));

        assertThat(write(
                        guarded,
                        aDestination("edge/db")
                                .hosts("db.example", "paste.example")
                                .port(5432, Protocol.TCP)
                                .visibleTo("shop")
                                .at("192.0.2.8")))
                .isNotEmpty();
    }

    @Test
    void whatTwoListenersDoNotLetThroughTogetherIsFound() {
        DesiredState guarded = with(
                base,
                rule("shop/tls").listener("tls").from(addresses("10.1.0.0/31")).to("shop/bank"),
                rule("shop/connect")
                        .listener("connect")
                        .from(addresses("10.1.0.2/32"))
                        .to("shop/bank"));

        assertThat(write(
                        guarded,
                        always("edge/bank").from(addresses("10.1.0.0/30")).toDestination("shop/bank")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("by 10.1.0.3 "));
        assertThat(write(
                        with(
                                guarded,
                                rule("shop/rest")
                                        .listener("connect")
                                        .from(addresses("10.1.0.3/32"))
                                        .to("shop/bank")),
                        always("edge/bank").from(addresses("10.1.0.0/30")).toDestination("shop/bank")))
                .isEmpty();
    }

    @Test
    void whatWasShownHoldsForLaterTimesAlone() {
        ResourceBuilder<?> guardrail = never("edge/no-paste").to("paste.example");
        DesiredState open = with(
                base,
                guardrail,
                rule("shop/paste")
                        .from(everyone())
                        .to("edge/paste")
                        .between(NOW.minusSeconds(60), NOW.plusSeconds(60)));
        Set<ResourceKey> looked = Set.of(guardrail.build().key());

        assertThat(guardrails.findings(open, looked, NOW.plusSeconds(60))).isEmpty();
        assertThat(guardrails.findings(open, looked, NOW)).hasSize(1);
        assertThat(guardrails.findings(open, looked, NOW.plusSeconds(61))).isEmpty();
    }

    private static RuleBuilder rule(String name) {
        return aRule(name);
    }

    private static RuleBuilder denyingAddresses(String name, String range, String... to) {
        RuleBuilder rule = aRule(name).tier(Tier.ADMIN).denying().from(addresses(range));
        return rule.to(to.length == 0 ? "edge/paste" : to[0]);
    }

    private List<Finding> write(DesiredState before, ResourceBuilder<?> written) {
        List<Change> changes = List.of(new Change.Put(written.build()));
        return guardrails.findingsOfWrite(before, before.with(before.revision().next(), changes), changes, NOW);
    }

    private List<Finding> delete(DesiredState before, ResourceBuilder<?> gone) {
        ResourceKey key = gone.build().key();
        List<Change> changes = List.of(new Change.Delete(key));
        return guardrails.findingsOfWrite(before, before.with(before.revision().next(), changes), changes, NOW);
    }

    private static DesiredState with(DesiredState base, ResourceBuilder<?>... more) {
        return base.with(
                base.revision().next(),
                Arrays.stream(more)
                        .<Change>map(one -> new Change.Put(one.build()))
                        .toList());
    }
}
