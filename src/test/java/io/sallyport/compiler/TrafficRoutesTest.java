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
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.GatewayBuilder;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RouteBuilder;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.Sources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrafficRoutesTest {
    private static final GatewayBuilder GATEWAY =
            aGateway("edge/internet").http("http", 10080).tls("tls", 10443).permitting("127.0.0.0/8");
    private static final DestinationBuilder OWNER = destination("shop/api", "api.example");
    private static final DestinationBuilder NEXT = destination("shop/next", "next.example");
    private static final RuleBuilder ALLOW = allow("shop/allow", "api");
    private static final RuleBuilder ALLOW_NEXT = allow("shop/allow-next", "next");

    @Test
    void whereNothingIsAttachedThereIsNoRoute() {
        assertThat(compiled(ALLOW).routes()).isEmpty();
    }

    @Test
    void theNarrowestMatchComesFirst() {
        RouteBuilder route = aRoute("shop/r")
                .ofDestination("api")
                .with(always().answering(207, ""))
                .with(where(regex("/.*")).answering(206, ""))
                .with(where(prefix("/a")).answering(205, ""))
                .with(where(prefix("/a").method("GET").query("q", "1")).answering(204, ""))
                .with(where(prefix("/a").method("GET").header("h", "1")).answering(203, ""))
                .with(where(prefix("/a/b")).answering(202, ""))
                .with(where(path("/a/b/c")).answering(201, ""));

        assertThat(statuses(compiled(ALLOW, route), "api.example")).containsExactly(201, 202, 203, 204, 205, 206, 207);
    }

    @Test
    void aNarrowerHostnameComesBeforeANarrowerPathAndADestinationBeforeAGateway() {
        DestinationBuilder wild = destination("shop/wild", "*.wild.example");
        RuleBuilder rule = allow("shop/wild", "wild");
        RouteBuilder ofGateway =
                aRoute("edge/z").ofGateway("internet").with(where(path("/x")).answering(201, ""));
        RouteBuilder ofDestination =
                aRoute("shop/b").ofDestination("wild").with(where(prefix("/x")).answering(202, ""));
        RouteBuilder suffix = aRoute("shop/c")
                .ofDestination("wild")
                .forHosts("*.wild.example")
                .with(where(prefix("/x")).answering(203, ""));
        RouteBuilder exact = aRoute("edge/y")
                .ofGateway("internet")
                .forHosts("a.wild.example")
                .with(where(prefix("/").header("h", "1")).answering(204, ""));

        Snapshot snapshot = compiled(wild, rule, ofGateway, ofDestination, suffix, exact);

        assertThat(statuses(snapshot, "*.wild.example")).containsExactly(203, 202, 201);
        assertThat(statuses(snapshot, "a.wild.example")).containsExactly(204, 203, 202, 201);
    }

    @Test
    void whatEverythingMatchesEndsTheList() {
        RouteBuilder route = aRoute("shop/r")
                .ofDestination("api")
                .with(always().answering(200, ""))
                .with(always().answering(201, ""));

        assertThat(statuses(compiled(ALLOW, route), "api.example")).containsExactly(200);
    }

    @Test
    void backendsAreLedToByTheirWeights() {
        RouteBuilder route = aRoute("shop/r")
                .ofDestination("api")
                .with(always().to("shop/api", 95).to("shop/next", 5));

        assertThat(actions(compiled(ALLOW, ALLOW_NEXT, route), "api.example"))
                .containsExactly("shop/api/80=95 shop/next/80=5");
    }

    @Test
    void aBackendThatNotAllMayUseIsNotLedTo() {
        RouteBuilder route = aRoute("shop/r").ofDestination("api").with(always().to("shop/next"));

        assertThat(actions(compiled(ALLOW, route), "api.example")).containsExactly("refused");
    }

    @Test
    void aMirrorThatNotAllMayUseIsNotLedTo() {
        RouteBuilder route = aRoute("shop/r").ofDestination("api").with(always().mirroredTo("shop/next"));

        assertThat(actions(compiled(ALLOW, route), "api.example")).containsExactly("refused");
        assertThat(actions(compiled(ALLOW, ALLOW_NEXT, route), "api.example")).containsExactly("shop/api/80=1");
    }

    @Test
    void aCopyAsksForNothingSoItGoesToTheExactHostOfADynamicDestination() {
        DestinationBuilder asked = aDestination("shop/asked")
                .hosts("asked.example")
                .port(80, Protocol.HTTP)
                .dynamically();
        RouteBuilder route = aRoute("shop/r").ofDestination("asked").with(always().mirroredTo("shop/asked"));

        Snapshot snapshot = compiled(asked, allow("shop/asked", "asked"), route);

        assertThat(routes(snapshot, "http", "asked.example"))
                .extracting(CompiledRoute::action)
                .singleElement(as(type(RouteAction.Forward.class)))
                .satisfies(forward -> {
                    assertThat(forward.targets().getFirst().upstream()).isEqualTo("shop/asked/80");
                    assertThat(forward.mirrors().getFirst().target().upstream())
                            .isEqualTo("shop/asked/80/asked.example");
                });
    }

    @Test
    void aRewrittenHostIsOneOfTheBackends() {
        RouteBuilder own = aRoute("shop/r")
                .ofDestination("api")
                .with(always().to("shop/next").underHost("next.example"));
        RouteBuilder foreign = aRoute("shop/r").ofDestination("api").with(always().underHost("next.example"));
        RouteBuilder nobodys = aRoute("shop/r").ofDestination("api").with(always().underHost("evil.example"));

        assertThat(actions(compiled(ALLOW, ALLOW_NEXT, own), "api.example"))
                .containsExactly("shop/next/80=1 as next.example");
        assertThat(actions(compiled(ALLOW, ALLOW_NEXT, foreign), "api.example")).containsExactly("refused");
        assertThat(actions(compiled(ALLOW, ALLOW_NEXT, nobodys), "api.example")).containsExactly("refused");
    }

    @Test
    void theAllowanceOfTheBackendMustLastAsLong() {
        RuleBuilder ending = aRule("shop/allow-next")
                .from(Sources.everyone())
                .to("shop/next")
                .between(Instant.MIN, Instant.parse("2030-01-01T00:00:00Z"));
        RouteBuilder route = aRoute("shop/r").ofDestination("api").with(always().to("shop/next"));

        assertThat(actions(compiled(ALLOW, ending, route), "api.example")).containsExactly("refused");
    }

    @Test
    void aDenialAtTheBackendCountsUnlessTheHostHasItToo() {
        RuleBuilder deny = aRule("shop/deny")
                .denying()
                .from(Sources.addresses("10.0.0.7/32"))
                .to("shop/next");
        RuleBuilder both = aRule("shop/deny")
                .denying()
                .from(Sources.addresses("10.0.0.7/32"))
                .to("shop/next")
                .to("shop/api");
        RouteBuilder route = aRoute("shop/r").ofDestination("api").with(always().to("shop/next"));

        assertThat(actions(compiled(ALLOW, ALLOW_NEXT, deny, route), "api.example"))
                .containsExactly("refused");
        assertThat(actions(compiled(ALLOW, ALLOW_NEXT, both, route), "api.example"))
                .containsExactly("shop/next/80=1");
    }

    @Test
    void whoMayGoToFewerPlacesIsNotLedFurther() {
        RuleBuilder few =
                aRule("shop/few").from(Sources.addresses("10.0.0.0/8")).to("shop/api");
        RuleBuilder fewNext =
                aRule("shop/few-next").from(Sources.addresses("10.0.0.0/9")).to("shop/next");
        RuleBuilder rest =
                aRule("shop/rest").from(Sources.addresses("10.128.0.0/9")).to("shop/next");
        RouteBuilder route = aRoute("shop/r").ofDestination("api").with(always().to("shop/next"));

        assertThat(actions(compiled(few, ALLOW_NEXT, route), "api.example")).containsExactly("shop/next/80=1");
        assertThat(actions(compiled(few, fewNext, route), "api.example")).containsExactly("refused");
        assertThat(actions(compiled(few, fewNext, rest, route), "api.example")).containsExactly("refused");
    }

    @Test
    void aBackendOfAnotherHostIsAskedForItsOwnCertificate() {
        DestinationBuilder secure = aDestination("shop/secure")
                .hosts("*.secure.example", "own.secure.example")
                .port(443, Protocol.HTTPS)
                .statically()
                .at("127.0.0.1", 8443);
        RouteBuilder route = aRoute("shop/r").ofDestination("api").with(always().to("shop/secure"));

        assertThat(actions(compiled(ALLOW, secure, allow("shop/s", "secure"), route), "api.example"))
                .containsExactly("shop/secure/443=1 certified as own.secure.example");
    }

    @Test
    void routesForServerNamesAreForListenersOfTls() {
        DestinationBuilder owner = aDestination("shop/db")
                .hosts("*.db.example")
                .port(443, Protocol.TLS)
                .port(80, Protocol.HTTP)
                .statically()
                .at("127.0.0.1", 8443);
        DestinationBuilder backend = aDestination("shop/other")
                .hosts("other.example")
                .port(443, Protocol.TLS)
                .port(80, Protocol.HTTP)
                .statically()
                .at("127.0.0.1", 9443);
        RouteBuilder route = aRoute("shop/r")
                .ofDestination("db")
                .with(where(anything().sni("a.db.example")).to("shop/other"))
                .with(where(prefix("/v1")).answering(200, ""));

        Snapshot snapshot = compiled(owner, backend, allow("shop/a", "db"), allow("shop/b", "other"), route);

        assertThat(ids(snapshot, "tls", "a.db.example")).hasSize(1).allMatch(id -> id.startsWith("shop/r/0/0/"));
        assertThat(ids(snapshot, "tls", "*.db.example")).isEmpty();
        assertThat(ids(snapshot, "http", "a.db.example")).hasSize(1).allMatch(id -> id.startsWith("shop/r/1/0/"));
    }

    private static RuleBuilder allow(String name, String destination) {
        return aRule(name).from(Sources.everyone()).to("shop/" + destination);
    }

    private static DestinationBuilder destination(String name, String host) {
        return aDestination(name)
                .hosts(host)
                .port(80, Protocol.HTTP)
                .statically()
                .at("127.0.0.1", 8080);
    }

    private static Snapshot compiled(ResourceBuilder<?>... more) {
        List<ResourceBuilder<?>> all = new ArrayList<>(
                List.of(aNamespace("edge"), aNamespace("shop").cidrs("0.0.0.0/0", "::/0"), GATEWAY, OWNER, NEXT));
        all.addAll(List.of(more));
        return new SnapshotCompiler()
                .compile(state(all.toArray(ResourceBuilder<?>[]::new)), ResourceName.of("edge", "internet"));
    }

    private static List<Integer> statuses(Snapshot snapshot, String host) {
        return routes(snapshot, "http", host).stream()
                .map(route -> ((RouteAction.Respond) route.action()).response().status())
                .toList();
    }

    private static List<String> actions(Snapshot snapshot, String host) {
        return routes(snapshot, "http", host).stream()
                .map(route -> switch (route.action()) {
                    case RouteAction.Forward forward -> text(forward);
                    case RouteAction.Refuse refuse -> "refused";
                    case RouteAction.Redirect redirect -> redirect.toString();
                    case RouteAction.Respond respond -> respond.toString();
                })
                .toList();
    }

    private static String text(RouteAction.Forward forward) {
        String targets = forward.targets().stream()
                .map(target -> target.upstream() + "=" + target.weight()
                        + target.serverName().stream()
                                .map(name -> " certified as " + name)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(" "));
        return targets
                + forward.edits().host().stream().map(host -> " as " + host).collect(Collectors.joining());
    }

    private static List<CompiledRoute> routes(Snapshot snapshot, String listener, String host) {
        var byId = snapshot.routes().stream().collect(Collectors.toMap(CompiledRoute::id, Function.identity()));
        return ids(snapshot, listener, host).stream().map(byId::get).toList();
    }

    private static List<String> ids(Snapshot snapshot, String listener, String host) {
        HostEntry entry = snapshot.listeners().stream()
                .filter(one -> one.listener().name().value().equals(listener))
                .flatMap(one -> one.hosts().stream())
                .filter(one -> one.host().value().equals(host))
                .findFirst()
                .orElseThrow();
        return entry.ports().getFirst().routes();
    }
}
