package io.sallyport.compiler;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RouteBuilder.aRoute;
import static io.sallyport.testkit.RouteMatchBuilder.anything;
import static io.sallyport.testkit.RouteMatchBuilder.path;
import static io.sallyport.testkit.RouteMatchBuilder.prefix;
import static io.sallyport.testkit.RouteMatchBuilder.regex;
import static io.sallyport.testkit.RouteRuleBuilder.always;
import static io.sallyport.testkit.RouteRuleBuilder.where;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RouteBuilder;
import io.sallyport.testkit.RouteMatchBuilder;
import io.sallyport.testkit.RouteRuleBuilder;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final RuleBuilder ALLOW_FEW =
            aRule("shop/allow").from(Sources.addresses("10.0.0.0/16")).to("shop/api");
    private static final RuleBuilder ALLOW_NEXT =
            aRule("shop/allow-next").from(Sources.addresses("10.0.0.0/8")).to("shop/next");
    private static final RouteBuilder ROUTE =
            aRoute("shop/r").ofDestination("api").with(always().to("shop/next"));

    private final DesiredState base = state(
            aNamespace("edge"),
            aNamespace("shop").cidrs("10.0.0.0/8"),
            aNamespace("other"),
            aGateway("edge/internet").http("http", 1).tls("tls", 2).permitting("127.0.0.0/8"),
            destination("shop/api", "api.example"),
            destination("shop/next", "next.example").subset("one", "v", "1"),
            destination("other/hidden", "hidden.example"),
            aDestination("shop/db")
                    .hosts("db.example")
                    .port(5432, Protocol.TLS)
                    .statically()
                    .at("127.0.0.1", 1),
            ALLOW_FEW,
            ALLOW_NEXT,
            ROUTE);

    @Test
    void whatIsNotThereIsNotReferredTo() {
        assertThat(written(aRoute("shop/x")
                        .ofDestination("none")
                        .ofListener("none", "http")
                        .ofDestination("api", 81)
                        .with(always().to("shop/none").toPort("shop/next", 81).toSubset("shop/next", "two"))))
                .contains(
                        "ERROR TrafficRoute shop/x /spec/parentRefs/0 RefNotFound",
                        "ERROR TrafficRoute shop/x /spec/parentRefs/1 RefNotFound",
                        "ERROR TrafficRoute shop/x /spec/parentRefs/2/port PortNotFound",
                        "ERROR TrafficRoute shop/x /spec/rules/0/backends/0/destinationRef RefNotFound",
                        "ERROR TrafficRoute shop/x /spec/rules/0/backends/1/port PortNotFound",
                        "ERROR TrafficRoute shop/x /spec/rules/0/backends/2/subset SubsetNotFound");
    }

    @Test
    void whatIsReferredToIsNotDeleted() {
        assertThat(findings(List.of(new Change.Delete(ResourceKey.of(Kind.DESTINATION, "shop", "next")))))
                .contains("ERROR TrafficRoute shop/r /spec/rules/0/backends/0/destinationRef ReferencedBy");
    }

    @Test
    void aBackendIsVisibleToTheNamespaceOfTheRoute() {
        assertThat(written(aRoute("shop/x")
                        .ofDestination("api")
                        .with(always().to("other/hidden").mirroredTo("other/hidden"))))
                .contains(
                        "ERROR TrafficRoute shop/x /spec/rules/0/backends/0/destinationRef NotVisible",
                        "ERROR TrafficRoute shop/x /spec/rules/0/filters/0/requestMirror/destinationRef NotVisible");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/(?=a)b", "/(a)\\1", "/[0-9]{1,100}", "/.{1,40}", "/a(", "/\\p{L}+", "/\\W{20}", "/é"})
    void anExpressionThatEnvoyRefusesIsRefused(String expression) {
        assertThat(written(aRoute("shop/x")
                        .ofDestination("api")
                        .with(where(regex(expression)).answering(200, ""))))
                .contains("ERROR TrafficRoute shop/x /spec/rules/0/matches/0/path/value RegexRefused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v[0-9]+/users/[^/]+/orders/[a-f0-9-]{8}", "/.*", "/[a-z]{1,45}", "(?i:/api/.*)", "/a\\.b"})
    void anExpressionThatEnvoyTakesIsTaken(String expression) {
        assertThat(written(aRoute("shop/x")
                        .ofDestination("api")
                        .with(where(anything().header("h", new ValueMatch.Regex(expression), false))
                                .answering(200, ""))))
                .noneMatch(finding -> finding.startsWith("ERROR"));
    }

    @Test
    void whatIsOfHttpIsNotAskedWhereNobodyReadsIt() {
        assertThat(written(aRoute("shop/x").ofDestination("db").with(where(prefix("/a")))))
                .contains("ERROR TrafficRoute shop/x /spec/rules/0/matches/0 ListenerCannotEnforce");
        assertThat(written(aRoute("edge/x").ofListener("internet", "tls").with(always().answering(200, ""))))
                .contains("ERROR TrafficRoute edge/x /spec/rules/0 ListenerCannotEnforce");
        assertThat(written(aRoute("edge/x")
                        .ofListener("internet", "http")
                        .with(where(anything().sni("a.example")))))
                .contains("ERROR TrafficRoute edge/x /spec/rules/0/matches/0 ListenerCannotEnforce");
        assertThat(written(aRoute("edge/x").ofGateway("internet").with(where(prefix("/a")))))
                .contains("WARNING TrafficRoute edge/x /spec/rules/0/matches/0 RouteNotRead");
    }

    @Test
    void whatIsAskedTwiceIsTold() {
        RouteBuilder twice = aRoute("shop/x")
                .ofDestination("api")
                .with(where(prefix("/a").header("h", "1").header("i", "2")).answering(200, ""))
                .with(where(prefix("/b"), prefix("/a").header("i", "2").header("h", "1"))
                        .answering(201, ""));
        RouteBuilder beside = aRoute("shop/z").ofDestination("api").with(always().answering(200, ""));

        assertThat(written(twice)).contains("WARNING TrafficRoute shop/x /spec/rules/1/matches/1 RouteShadowed");
        assertThat(written(beside)).contains("WARNING TrafficRoute shop/z /spec/rules/0 RouteShadowed");
    }

    @Test
    void nothingIsSaidOfListenersThatDoNotServeThePort() {
        assertThat(written(both(), aRoute("shop/x").ofDestination("both", 80).with(where(prefix("/a")))))
                .noneMatch(finding -> finding.contains("RouteNotRead"));
        assertThat(written(
                        both(),
                        aRoute("shop/x")
                                .ofDestination("both")
                                .with(where(prefix("/a").port(80)))))
                .noneMatch(finding -> finding.contains("RouteNotRead"));
        assertThat(written(both(), aRoute("shop/x").ofDestination("both").with(where(prefix("/a")))))
                .contains("WARNING TrafficRoute shop/x /spec/rules/0/matches/0 RouteNotRead");
        assertThat(written(both(), aRoute("shop/x").ofDestination("both", 443).with(where(prefix("/a")))))
                .contains("ERROR TrafficRoute shop/x /spec/rules/0/matches/0 ListenerCannotEnforce");
    }

    private static DestinationBuilder both() {
        return destination("shop/both", "both.example").port(443, Protocol.TLS);
    }

    @Test
    void copiesAreNotSentToWhatOnlyARequestCanSay() {
        RouteBuilder copying = aRoute("shop/x").ofDestination("api").with(always().mirroredTo("shop/asked"));
        DestinationBuilder wild = aDestination("shop/asked")
                .hosts("*.asked.example")
                .port(80, Protocol.HTTP)
                .dynamically();
        DestinationBuilder original = aDestination("shop/asked")
                .hosts("asked.example")
                .addresses("192.0.2.0/24")
                .port(80, Protocol.HTTP)
                .asAsked();

        assertThat(written(wild, copying))
                .contains(
                        "ERROR TrafficRoute shop/x /spec/rules/0/filters/0/requestMirror/destinationRef MirrorUnsendable");
        assertThat(written(original, copying))
                .contains(
                        "ERROR TrafficRoute shop/x /spec/rules/0/filters/0/requestMirror/destinationRef MirrorUnsendable");
    }

    @Test
    void aDestinationOfCopiesStaysOneThatTheyCanBeSentTo() {
        RouteBuilder copying = aRoute("shop/r").ofDestination("api").with(always().mirroredTo("shop/next"));
        DestinationBuilder changed = aDestination("shop/next")
                .hosts("*.next.example")
                .port(80, Protocol.HTTP)
                .dynamically();

        assertThat(findings(base.with(new Revision(2), put(copying)), put(changed)))
                .contains("ERROR Destination shop/next /spec/resolution MirrorUnsendable");
    }

    @Test
    void aDynamicDestinationOfCopiesIsFoundByItsExactHost() {
        DestinationBuilder exact = aDestination("shop/asked")
                .hosts("*.asked.example", "one.asked.example")
                .port(80, Protocol.HTTP)
                .dynamically();
        RuleBuilder rule =
                aRule("shop/asked").from(Sources.addresses("10.0.0.0/8")).to("shop/asked");

        assertThat(written(exact, rule, aRoute("shop/x").ofDestination("api").with(always().mirroredTo("shop/asked"))))
                .noneMatch(finding -> finding.startsWith("ERROR"));
        assertThat(written(
                        exact, rule, aRoute("shop/x").ofDestination("asked").with(always().mirroredTo("shop/asked"))))
                .as("of a host that only the request says")
                .contains("ERROR TrafficRoute shop/x /spec/rules/0/filters/0/requestMirror RouteEscapesRules");
    }

    @Test
    void whoSharesRetriesWithAnotherBudgetIsTold() {
        RouteBuilder other = aRoute("shop/z").ofDestination("next", 80).with(retrying(10));

        assertThat(written(
                        other,
                        aRoute("shop/x").ofDestination("api").with(retrying(20).to("shop/next"))))
                .contains(
                        "WARNING TrafficRoute shop/x /spec/rules/0/retry RetryBudgetShared",
                        "WARNING TrafficRoute shop/z /spec/rules/0/retry RetryBudgetShared");
        assertThat(written(
                        other,
                        aRoute("shop/x").ofDestination("api").with(retrying(0).to("shop/next"))))
                .as("no budget beside one")
                .contains("WARNING TrafficRoute shop/x /spec/rules/0/retry RetryBudgetShared");
        assertThat(written(
                        other,
                        aRoute("shop/x").ofDestination("api").with(retrying(10).to("shop/next")),
                        aRoute("shop/y").ofDestination("api").with(retrying(20).to("shop/db"))))
                .as("the same, or elsewhere")
                .noneMatch(finding -> finding.contains("RetryBudgetShared"));
    }

    private static RouteRuleBuilder retrying(int percent) {
        return always().retrying(new RetryPolicy(
                1,
                RetryPolicy.DEFAULT_CONDITIONS,
                List.of(),
                Duration.ZERO,
                RetryPolicy.BackOff.DEFAULT,
                percent == 0 ? List.of() : List.of(new RetryPolicy.Budget(new Percentage(percent * 10_000), 3))));
    }

    @Test
    void matchesOfOnePortHaveABound() {
        assertThat(written(inverted(7))).noneMatch(finding -> finding.startsWith("ERROR"));
        assertThat(written(inverted(12))).contains("ERROR TrafficRoute shop/r /spec/rules TooManyMatches");
        assertThat(findings(
                        base.with(new Revision(2), put(inverted(7))),
                        put(aRule("shop/other")
                                .from(Sources.addresses("10.0.0.0/8"))
                                .to("shop/next"))))
                .noneMatch(finding -> finding.startsWith("ERROR"));
    }

    @Test
    void routesOfOnePortCountTogether() {
        RouteBuilder one = withMany(aRoute("shop/one").ofDestination("api"));
        RouteBuilder two = withMany(aRoute("shop/two").ofDestination("api"));

        assertThat(written(one)).noneMatch(finding -> finding.startsWith("ERROR"));
        assertThat(findings(base.with(new Revision(2), put(one)), put(two)))
                .contains("ERROR TrafficRoute shop/two /spec/rules TooManyMatches")
                .noneMatch(finding -> finding.startsWith("ERROR TrafficRoute shop/one"));
    }

    @Test
    void routesOfAllHostsOfAListenerHaveABoundToo() {
        RouteBuilder everywhere = withMany(aRoute("edge/everywhere").ofGateway("internet"));
        ResourceBuilder<?>[] hosts = new ResourceBuilder<?>[100];
        Arrays.setAll(hosts, host -> destination("shop/d" + host, "d%d.example".formatted(host)));

        assertThat(written(everywhere)).noneMatch(finding -> finding.startsWith("ERROR"));
        assertThat(findings(base.with(new Revision(2), put(hosts)), put(everywhere)))
                .contains("ERROR TrafficRoute edge/everywhere /spec/rules TooManyMatches");
        assertThat(findings(base.with(new Revision(2), put(everywhere)), put(hosts)))
                .contains("ERROR Destination shop/d0  TooManyMatches");
    }

    private static RouteBuilder withMany(RouteBuilder route) {
        for (int rule = 0; rule < 64; rule++) {
            RouteMatchBuilder[] matches = new RouteMatchBuilder[16];
            String prefix = "/" + rule + "/";
            Arrays.setAll(matches, match -> path(prefix + match));
            route.with(where(matches).answering(200, ""));
        }
        return route;
    }

    private static RouteBuilder inverted(int parameters) {
        RouteBuilder route = aRoute("shop/r").ofDestination("api");
        for (int one = 0; one < parameters; one++) {
            route.with(where(prefix("/a").query("q" + one, new ValueMatch.Exact("1"), true))
                    .answering(200, ""));
        }
        return route;
    }

    @Test
    void aRouteThatWouldLeadFurtherIsRefused() {
        assertThat(written(aRoute("shop/x")
                        .ofDestination("api")
                        .with(where(prefix("/x")).to("shop/db"))))
                .contains("ERROR TrafficRoute shop/x /spec/rules/0/backends/0 RouteEscapesRules");
    }

    @Test
    void aRuleThatLetsMoreComeIsRefused() {
        RuleBuilder more = aRule("shop/more")
                .from(Sources.addresses("10.0.0.0/8", "192.0.2.0/24"))
                .to("shop/api");

        assertThat(findings(put(aNamespace("shop").cidrs("10.0.0.0/8", "192.0.2.0/24"), more)))
                .contains("ERROR EgressRule shop/more  RouteEscapesRules");
    }

    @Test
    void whoLetsFewerGoIsToldAndNotRefused() {
        List<String> findings =
                findings(List.of(new Change.Delete(ResourceKey.of(Kind.EGRESS_RULE, "shop", "allow-next"))));

        assertThat(findings).contains("WARNING TrafficRoute shop/r /spec/rules/0/backends/0 RouteEscapesRules");
        assertThat(findings).noneMatch(finding -> finding.startsWith("ERROR"));
    }

    private List<String> written(ResourceBuilder<?>... resources) {
        return findings(put(resources));
    }

    private static List<Change> put(ResourceBuilder<?>... resources) {
        return Arrays.stream(resources)
                .<Change>map(resource -> new Change.Put(resource.build()))
                .toList();
    }

    private List<String> findings(List<Change> changes) {
        return findings(base, changes);
    }

    private static List<String> findings(DesiredState before, List<Change> changes) {
        Set<ResourceKey> touched = changes.stream().map(Change::key).collect(Collectors.toSet());
        return new PolicyChecks()
                .findingsOfWrite(before, before.with(new Revision(3), changes), touched, NOW).stream()
                        .map(finding -> "%s %s %s %s"
                                .formatted(finding.severity(), finding.subject(), finding.pointer(), finding.reason()))
                        .toList();
    }

    private static DestinationBuilder destination(String name, String host) {
        return aDestination(name)
                .hosts(host)
                .port(80, Protocol.HTTP)
                .statically()
                .at("127.0.0.1", 1, 1, "", "v", "1");
    }
}
