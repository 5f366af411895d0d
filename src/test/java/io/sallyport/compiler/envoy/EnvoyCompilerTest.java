package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static io.sallyport.testkit.Sources.selecting;
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.RuleBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvoyCompilerTest {
    private static final Pattern DISCOVERED = Pattern.compile(
            "[a-z0-9-]+/(tunnels/([0-9a-f]+/)?)?(tokens|limits|authorization|external-authorization|counting|identities|addresses|shards|hosts/\\d+|moments|shadows|resolver(/[0-9a-f]+)?|rules/\\d+)");

    static List<DesiredState> cases() {
        return List.copyOf(Cases.all().values());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSameStateGivesTheSameBytes(DesiredState state) {
        assertThat(compiled(state).resources()).isEqualTo(compiled(state).resources());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyExtensionThatAListenerNamesIsThere(DesiredState state) {
        EnvoySnapshot snapshot = compiled(state);

        List<String> named = snapshot.ofType(ResourceType.LISTENER).values().stream()
                .flatMap(listener -> DISCOVERED
                        .matcher(MessageTree.ofAny(listener.body()).toString())
                        .results())
                .map(MatchResult::group)
                .distinct()
                .toList();

        assertThat(snapshot.ofType(ResourceType.EXTENSION_CONFIG).keySet()).containsExactlyInAnyOrderElementsOf(named);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyClusterThatRoutesNameIsThere(DesiredState state) {
        EnvoySnapshot snapshot = compiled(state);
        String routes = snapshot.ofType(ResourceType.ROUTES).values().stream()
                .map(table -> MessageTree.ofAny(table.body()).toString())
                .reduce("", String::concat);

        List<String> named = Pattern.compile("cluster=([^,}]+)")
                .matcher(routes)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();

        assertThat(snapshot.ofType(ResourceType.CLUSTER).keySet()).containsAll(named);
    }

    @Test
    void noRuleSourceOrHostChangesAListener() {
        var before = compiled(with(aDestination("edge/one").hosts("one.test"), rule("10.0.0.0/16")));
        var after = compiled(with(
                aDestination("edge/one").hosts("one.test", "two.test", "*.wild.test"),
                rule("10.9.0.0/16").between(Instant.EPOCH, Instant.parse("2040-01-01T00:00:00Z"))));

        assertThat(after.ofType(ResourceType.LISTENER)).isEqualTo(before.ofType(ResourceType.LISTENER));
    }

    @Test
    void aChangedRuleChangesOnlyThePartsOfItsHosts() {
        var before = compiled(with(aDestination("edge/one").hosts("one.test"), rule("10.0.0.0/16")));
        var after = compiled(with(
                aDestination("edge/one").hosts("one.test"), rule("10.0.0.0/16").denying()));

        assertThat(changed(before, after))
                .hasSize(2)
                .allMatch(name -> name.contains("/rules/"))
                .anyMatch(name -> name.startsWith("tls/"))
                .anyMatch(name -> name.startsWith("http/"));
    }

    @Test
    void aWorkloadThatMovesChangesNothingButWhoIsWho() {
        var before = compiled(withWorkload("10.0.0.1/32"));
        var after = compiled(withWorkload("10.0.0.2/32"));

        assertThat(changed(before, after)).containsExactlyInAnyOrder("http/identities", "tls/rules/0");
    }

    private static DesiredState withWorkload(String range) {
        return state(
                aNamespace("edge").cidrs("10.0.0.0/8"),
                aGateway("edge/internet").http("http", 10080).tls("tls", 10443).buckets(4),
                aDestination("edge/one")
                        .hosts("one.test")
                        .port(80, Protocol.HTTP)
                        .port(443, Protocol.TLS),
                aWorkload("edge/checkout").labelled("app", "checkout").at(range),
                aRule("edge/one").from(selecting("app", "checkout")).to("edge/one"));
    }

    @Test
    void aNewIssuerChangesNothingButWhoseTokensAreTaken() {
        var before = compiled(withIssuer("https://one.test"));
        var after = compiled(withIssuer("https://two.test"));

        assertThat(changed(before, after)).containsExactlyInAnyOrder("http/identities", "http/tokens");
        assertThat(after.ofType(ResourceType.LISTENER)).isEqualTo(before.ofType(ResourceType.LISTENER));
        assertThat(after.ofType(ResourceType.ROUTES)).isEqualTo(before.ofType(ResourceType.ROUTES));
    }

    private static DesiredState withIssuer(String issuer) {
        return state(
                aNamespace("edge").cidrs("10.0.0.0/8"),
                aGateway("edge/internet").http("http", 10080),
                aSecurityPolicy("edge/tokens").onGateway("internet").jwt(issuer, "{}"),
                aDestination("edge/one").hosts("one.test").port(80, Protocol.HTTP),
                rule("10.0.0.0/16"));
    }

    @Test
    void nothingIsKeptWhereNothingOverlaps() {
        var snapshot = compiled(with(aDestination("edge/one").hosts("one.test"), rule("10.0.0.0/16")));

        assertThat(new EnvoyCompiler().overlap(List.of(snapshot), snapshot))
                .isEqualTo(snapshot.ofType(ResourceType.EXTENSION_CONFIG));
    }

    @Test
    void aClassThatIsGoneIsStillKnownUntilItsRulesAre() {
        var before = compiled(with(aDestination("edge/one").hosts("one.test"), rule("10.0.0.0/16")));
        var after = compiled(with(aDestination("edge/one").hosts("one.test"), rule("10.9.0.0/16")));

        String sources = overlap(before, after, "http/identities");

        assertThat(sources).contains(before.source().sources().getFirst().id());
        assertThat(sources).contains(after.source().sources().getFirst().id());
    }

    @Test
    void aHostThatMovedIsInBothPartsWithTheRulesOfNow() {
        var before = compiled(with(aDestination("edge/one").hosts("a.wild.test"), rule("10.0.0.0/16")));
        var after = compiled(with(
                aDestination("edge/one").hosts("a.wild.test", "*.wild.test"),
                rule("10.0.0.0/16").denying()));
        int old = bucketOf(before, "a.wild.test");
        assertThat(bucketOf(after, "a.wild.test")).isNotEqualTo(old);

        String part = overlap(before, after, "http/rules/" + old);

        assertThat(part).contains("a.wild.test:80").contains("name=edge/one, action=DENY");
    }

    @Test
    void aHostThatIsGoneIsRefusedAtOnce() {
        var before = compiled(with(aDestination("edge/one").hosts("one.test", "two.test"), rule("10.0.0.0/16")));
        var after = compiled(with(aDestination("edge/one").hosts("one.test"), rule("10.0.0.0/16")));

        assertThat(new EnvoyCompiler().overlap(List.of(before), after).values())
                .allSatisfy(resource -> assertThat(
                                MessageTree.ofAny(resource.body()).toString())
                        .doesNotContain("two.test"));
    }

    @Test
    void theMomentsOfRulesStillInEffectAreKept() {
        Instant end = Instant.parse("2040-01-01T00:00:00Z");
        var before = compiled(with(
                aDestination("edge/one").hosts("one.test"), rule("10.0.0.0/16").between(Instant.EPOCH, end)));
        var after = compiled(with(aDestination("edge/one").hosts("one.test"), rule("10.0.0.0/16")));

        assertThat(overlap(before, after, "tls/moments")).contains("2040-01-01T00:00:00Z");
    }

    private static String overlap(EnvoySnapshot before, EnvoySnapshot after, String name) {
        return new EnvoyCompiler()
                .overlap(List.of(before), after).values().stream()
                        .filter(resource -> resource.name().equals(name))
                        .map(resource -> MessageTree.ofAny(resource.body()).toString())
                        .collect(Collectors.joining());
    }

    private static List<String> changed(EnvoySnapshot before, EnvoySnapshot after) {
        List<String> names = new ArrayList<>();
        for (ResourceType type : ResourceType.values()) {
            after.ofType(type).values().stream()
                    .filter(resource -> !resource.equals(before.ofType(type).get(resource.name())))
                    .forEach(resource -> names.add(resource.name()));
        }
        return names;
    }

    private static int bucketOf(EnvoySnapshot snapshot, String host) {
        return snapshot.source().listeners().getFirst().hosts().stream()
                .filter(entry -> entry.host().value().equals(host))
                .findFirst()
                .orElseThrow()
                .bucket();
    }

    private static RuleBuilder rule(String range) {
        return aRule("edge/one").from(addresses(range)).to("edge/one");
    }

    private static DesiredState with(DestinationBuilder destination, RuleBuilder rule) {
        return state(
                aNamespace("edge").cidrs("10.0.0.0/8"),
                aGateway("edge/internet").buckets(64).http("http", 10080).tls("tls", 10443),
                destination
                        .port(80, Protocol.HTTP)
                        .port(443, Protocol.TLS)
                        .statically()
                        .at("203.0.113.1"),
                rule);
    }

    private static EnvoySnapshot compiled(DesiredState state) {
        Snapshot snapshot = new SnapshotCompiler().compile(state, Cases.GATEWAY);
        return new EnvoyCompiler().compile(snapshot);
    }
}
