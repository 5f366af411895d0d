package io.sallyport.compiler.risk;

import static io.sallyport.testkit.AuthorizationRuleBuilder.denying;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteMatchBuilder.regex;
import static io.sallyport.testkit.RouteRuleBuilder.always;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.HeldBack;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.Shut;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.security.ExternalAuthorization;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.testkit.AuthorizationRuleBuilder;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RouteRuleBuilder;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an agent refuses is held as it was, and nothing that is refused now passes by that. */
class NarrowingTest {
    private static final ResourceKey RULE = ResourceKey.of(Kind.EGRESS_RULE, "edge", "rule");
    private static final ResourceKey POLICY = ResourceKey.of(Kind.SECURITY_POLICY, "edge", "policy");
    private static final ResourceKey ROUTE = ResourceKey.of(Kind.TRAFFIC_ROUTE, "edge", "route");
    private static final ResourceKey NARROW = ResourceKey.of(Kind.DESTINATION, "edge", "narrow");
    private static final String US = "10.1.0.1";
    private static final String THEM = "10.2.0.1";

    private static RuleBuilder rule(String name) {
        return rule(name, everyone());
    }

    private static RuleBuilder rule(String name, Sources from) {
        return aRule("edge/" + name).tier(Tier.ADMIN).from(from).to("edge/wide");
    }

    private static DestinationBuilder wide() {
        return aDestination("edge/wide").hosts("*.test").port(80, Protocol.HTTP).dynamically();
    }

    private static DestinationBuilder narrow() {
        return aDestination("edge/narrow")
                .hosts("a.test")
                .port(80, Protocol.HTTP)
                .dynamically();
    }

    private static DesiredState with(ResourceBuilder<?>... more) {
        List<ResourceBuilder<?>> all = new ArrayList<>(List.of(
                aNamespace("edge").cidrs("0.0.0.0/0"), aGateway("edge/internet").http("http", 10080), wide()));
        all.addAll(Arrays.asList(more));
        return state(all.toArray(ResourceBuilder<?>[]::new));
    }

    private static Narrowed held(DesiredState accepted, DesiredState target, ResourceKey... held) {
        return held(accepted, target, true, held);
    }

    private static Narrowed held(DesiredState accepted, DesiredState target, boolean mayNameMore, ResourceKey... held) {
        return Narrowing.of(compiled(target), compiled(HeldBack.state(accepted, target, List.of(held))), mayNameMore);
    }

    private static Snapshot compiled(DesiredState state) {
        return new SnapshotCompiler().compile(state, Cases.GATEWAY);
    }

    private static String decision(Narrowed narrowed, String from, String host) {
        return decision(narrowed, from, host, "/");
    }

    private static String decision(Narrowed narrowed, String from, String host, String path) {
        return new Evaluator(narrowed.snapshot())
                .decide(new Question(
                        new Name("http"),
                        new Peer(new IpAddress(from), List.of(), List.of()),
                        new Approach.HttpRequest(host, "GET", path, List.of()),
                        Instant.EPOCH))
                .name();
    }

    @Test
    void aRuleDoesNotKeepThePriorityThatOutranksANewDenial() {
        DesiredState accepted = with(rule("rule").priority(10));
        DesiredState target = with(
                rule("rule").priority(30).to("edge/narrow"),
                narrow(),
                rule("denial", addresses("10.2.0.0/16")).denying().priority(20));

        Narrowed held = held(accepted, target, RULE);

        assertThat(decision(held, THEM, "b.test")).isEqualTo("edge/denial");
        assertThat(decision(held, US, "b.test")).isEqualTo("edge/rule");
        assertThat(held.shut()).isEmpty();
    }

    @Test
    void whoWouldPassSinceANewDenialIsHeldIsRefusedByTheRuleThatLetsHimPass() {
        DesiredState accepted = with(rule("others").priority(20));
        DesiredState target = with(
                rule("others").priority(20),
                rule("rule", addresses("10.2.0.0/16")).denying().priority(10),
                rule("ours", addresses("10.1.0.0/16")).priority(15));

        Narrowed held = held(accepted, target, RULE);

        assertThat(decision(held, THEM, "b.test")).isEqualTo("sallyport/unenforceable");
        assertThat(decision(held, US, "b.test")).isEqualTo("edge/ours");
        assertThat(held.shut()).extracting(Shut::toString).containsExactly("*.test:80 at listener http");
    }

    @Test
    void aDenialThatIsHeldWhereAllIsAllowedByDefaultShutsThePort() {
        DesiredState accepted =
                state(aGateway("edge/internet").allowingByDefault().http("http", 10080), wide());
        DesiredState target = state(
                aGateway("edge/internet").allowingByDefault().http("http", 10080),
                wide(),
                rule("rule").denying());

        assertThat(decision(held(accepted, target, RULE), US, "b.test")).isEqualTo("sallyport/unenforceable");
    }

    @Test
    void aHostThatIsTakenOutOfAWildcardIsNotLeftToIt() {
        DesiredState accepted = with(rule("all"));
        // A rule about the wildcard speaks of the narrower host too, but for whom its namespace may not use.
        DesiredState elsewhere = with(
                rule("all"),
                aNamespace("bank"),
                aDestination("bank/narrow")
                        .hosts("a.test")
                        .port(80, Protocol.HTTP)
                        .dynamically());
        ResourceKey foreign = ResourceKey.of(Kind.DESTINATION, "bank", "narrow");

        Narrowed held = held(accepted, elsewhere, foreign);

        assertThat(decision(held, US, "a.test")).isEqualTo("sallyport/unenforceable");
        assertThat(decision(held, US, "b.test")).isEqualTo("edge/all");
        assertThat(held.namesMore()).isTrue();
    }

    @Test
    void whereTheHostMustNotBeNamedTheWildcardLetsNobodyPass() {
        DesiredState accepted = with(rule("all"));
        DesiredState target = with(
                rule("all"),
                aNamespace("bank"),
                aDestination("bank/narrow")
                        .hosts("a.test")
                        .port(80, Protocol.HTTP)
                        .dynamically());

        Narrowed held = held(accepted, target, false, ResourceKey.of(Kind.DESTINATION, "bank", "narrow"));

        assertThat(decision(held, US, "a.test")).isEqualTo("sallyport/unenforceable");
        assertThat(decision(held, US, "b.test")).isEqualTo("sallyport/unenforceable");
        assertThat(held.namesMore()).isFalse();
    }

    @Test
    void whatAPolicyAsksNowIsAskedOrNobodyPasses() {
        DesiredState accepted = with(rule("all"), policy("/old"));

        assertThat(decision(held(accepted, with(rule("all"), policy("/old", "/new")), POLICY), US, "b.test"))
                .isEqualTo("sallyport/unenforceable");
        Narrowed asksMore = held(with(rule("all"), policy("/old", "/new")), with(rule("all"), policy("/old")), POLICY);
        assertThat(decision(asksMore, US, "b.test")).isEqualTo("edge/all");
        assertThat(asksMore.shut()).isEmpty();
    }

    @Test
    void whoeverIsAskedForHisLeaveNowIsAskedOrNobodyPasses() {
        ResourceKey service = ResourceKey.of(Kind.DESTINATION, "edge", "leave");

        Narrowed held = held(
                with(rule("all"), asking(), leave("198.51.100.1")),
                with(rule("all"), asking(), leave("198.51.100.2")),
                service);

        assertThat(decision(held, US, "b.test")).isEqualTo("sallyport/unenforceable");
    }

    private static ResourceBuilder<?> asking() {
        return aSecurityPolicy("edge/asking")
                .onDestination("wide")
                .askedBy(new ExternalAuthorization(
                        ResourceName.of("edge", "leave"),
                        List.of(),
                        ExternalAuthorization.Protocol.HTTP,
                        "",
                        Duration.ofSeconds(1),
                        true,
                        List.of(),
                        List.of(),
                        0));
    }

    private static DestinationBuilder leave(String address) {
        return aDestination("edge/leave")
                .hosts("leave.example")
                .port(80, Protocol.HTTP)
                .statically()
                .at(address);
    }

    private static ResourceBuilder<?> policy(String... paths) {
        return aSecurityPolicy("edge/policy")
                .onDestination("wide")
                .authorizing(Arrays.stream(paths)
                        .map(path -> denying("no" + path.substring(1)).paths(path))
                        .toArray(AuthorizationRuleBuilder[]::new));
    }

    @Test
    void whatARouteKeepsToItselfNowIsNotSentOn() {
        DesiredState accepted = with(rule("all"), route(always().to("edge/wide")));
        DesiredState answering =
                with(rule("all"), route(where(prefix("/admin")).answering(403, "no"), always().to("edge/wide")));
        DesiredState fewer = with(rule("all"), route(where(prefix("/public")).to("edge/wide")));
        DesiredState first = with(rule("all"), route(where(prefix("/public")).to("edge/wide")));

        assertThat(decision(held(accepted, answering, ROUTE), US, "b.test")).isEqualTo("sallyport/unenforceable");
        assertThat(decision(held(accepted, fewer, ROUTE), US, "b.test")).isEqualTo("sallyport/unenforceable");
        assertThat(decision(held(with(rule("all")), first, ROUTE), US, "b.test"))
                .isEqualTo("sallyport/unenforceable");
    }

    @Test
    void aRouteThatOnlyGetsMorePathsOrSendsAllOnIsHeldAsItWas() {
        DesiredState some = with(rule("all"), route(where(prefix("/public")).to("edge/wide")));
        DesiredState more = with(
                rule("all"),
                route(
                        where(prefix("/public")).to("edge/wide"),
                        where(regex("/a.*")).to("edge/wide")));
        DesiredState all = with(rule("all"), route(where(regex("/a.*")).to("edge/wide"), always().to("edge/wide")));

        assertThat(held(some, more, ROUTE).shut()).isEmpty();
        assertThat(held(some, all, ROUTE).shut()).isEmpty();
        assertThat(held(with(rule("all")), all, ROUTE).shut()).isEmpty();
        assertThat(decision(held(some, more, ROUTE), US, "b.test", "/public")).isEqualTo("edge/all");
    }

    @Test
    void aRouteThatIsHeldLeadsWhereItDidAsLongAsThoseMayGoThereWhomItLeads() {
        RuleBuilder both = rule("all").to("edge/narrow");
        DesiredState accepted = with(both, narrow(), route(always().to("edge/narrow")));
        DesiredState target = with(both, narrow(), route(always().to("edge/wide")));
        DesiredState denied = with(
                both,
                narrow(),
                route(always().to("edge/wide")),
                aRule("edge/denial")
                        .tier(Tier.ADMIN)
                        .priority(1)
                        .denying()
                        .from(everyone())
                        .to("edge/narrow"));

        assertThat(held(accepted, target, ROUTE).shut()).isEmpty();
        assertThat(decision(held(accepted, denied, ROUTE), US, "b.test"))
                .isIn("sallyport/unenforceable", "sallyport/route-escapes-rules");
    }

    private static ResourceBuilder<?> route(RouteRuleBuilder... rules) {
        var route = aRoute("edge/route").ofDestination("wide");
        Arrays.stream(rules).forEach(route::with);
        return route;
    }

    @Test
    void whatGoesOnByTlsNowDoesNotGoOnInTheClear() {
        DesiredState accepted = with(narrow(), rule("rule").to("edge/narrow"));
        DesiredState target = with(
                aDestination("edge/narrow")
                        .hosts("a.test")
                        .port(80, Protocol.HTTPS)
                        .dynamically(),
                rule("rule").to("edge/narrow"));

        assertThat(decision(held(accepted, target, NARROW), US, "a.test")).isEqualTo("sallyport/unenforceable");
    }

    @Test
    void aListenerThatIsHeldTakesNobodyForWhomHeIsNotTakenNow() {
        DestinationBuilder bytes = aDestination("edge/wide")
                .hosts("b.test")
                .port(5432, Protocol.TCP)
                .at("198.51.100.1");
        DesiredState accepted = state(
                aGateway("edge/internet").tcp("tcp", 1, "edge/wide").acceptingProxyProtocol(), bytes, rule("all"));
        DesiredState target = state(aGateway("edge/internet").tcp("tcp", 1, "edge/wide"), bytes, rule("all"));

        Narrowed held = held(accepted, target, new ResourceKey(Kind.EGRESS_GATEWAY, Cases.GATEWAY));

        assertThat(held.shut()).isNotEmpty();
    }

    @Test
    void whatOpensNothingIsLeftAsItIs() {
        DesiredState accepted = with(rule("all"));
        DesiredState target = with(rule("all"), narrow(), rule("more").to("edge/narrow"));
        Snapshot held = compiled(HeldBack.state(accepted, target, List.of(NARROW)));

        assertThat(Narrowing.of(compiled(target), held, true)).isEqualTo(new Narrowed(held, List.of(), false));
    }
}
