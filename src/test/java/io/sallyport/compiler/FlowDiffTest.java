package io.sallyport.compiler;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static io.sallyport.testkit.Sources.everyone;
import static io.sallyport.testkit.Sources.principals;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.FlowChange;
import io.sallyport.domain.decision.FlowChanges;
import io.sallyport.domain.decision.SourcePart;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.workload.WorkloadIdentity.ByAddress;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code >} is a flow that opens, {@code <} one that closes; {@code ~} stands for the rest of a part. */
final class FlowDiffTest {
    private static final ResourceName GATEWAY = ResourceName.of("edge", "internet");
    private static final Instant NOON = Instant.parse("2030-06-01T12:00:00Z");

    @Test
    void whatStaysTheSameIsNoFlow() {
        assertThat(told(List.of(allowing("10.0.0.0/8")), List.of(allowing("10.0.0.0/8"))))
                .isEmpty();
    }

    @Test
    void aNewRuleOpensForThoseWhomItNames() {
        assertThat(told(List.of(), List.of(allowing("10.0.0.0/8"))))
                .containsExactly("> http pay.example:80 10.0.0.0/8 sallyport/default-deny -> edge/allow");
    }

    @Test
    void whatADenialKeepsShutIsTheRest() {
        RuleBuilder denial = admin("edge/deny", "10.1.0.0/16").denying().priority(1);

        assertThat(told(List.of(denial), List.of(denial, allowing("10.0.0.0/8"))))
                .containsExactly("> http pay.example:80 ~10.0.0.0/8 sallyport/default-deny -> edge/allow");
    }

    @Test
    void whoWasNamedAlreadyDoesNotOpenAgain() {
        RuleBuilder narrow = admin("edge/narrow", "10.1.0.0/16");

        assertThat(told(List.of(narrow), List.of(narrow, allowing("10.0.0.0/8"))))
                .containsExactly("> http pay.example:80 ~10.0.0.0/8 sallyport/default-deny -> edge/allow");
    }

    @Test
    void rangesThatNarrowerOnesCoverWhollyAreNotNamed() {
        RuleBuilder lower = admin("edge/lower", "10.0.0.0/9");
        RuleBuilder upper = admin("edge/upper", "10.128.0.0/9");

        assertThat(told(List.of(lower, upper), List.of(lower, upper, allowing("10.0.0.0/8"))))
                .isEmpty();
    }

    @Test
    void narrowerPartsOfWhichTheSameIsSoAreNotNamedAgain() {
        RuleBuilder other = admin("edge/other", "10.1.0.0/16").denying().priority(9000);

        assertThat(told(List.of(other), List.of(other, allowing("10.0.0.0/8"))))
                .containsExactly(
                        "> http pay.example:80 ~10.0.0.0/8 sallyport/default-deny -> edge/allow",
                        "> http pay.example:80 10.1.0.0/16 edge/other -> edge/allow");
    }

    @Test
    void anotherOrderOfRulesIsSeen() {
        RuleBuilder denial = admin("edge/deny", "10.1.0.0/16").denying();

        assertThat(told(
                        List.of(denial.priority(1), allowing("10.0.0.0/8").priority(2)),
                        List.of(
                                admin("edge/deny", "10.1.0.0/16").denying().priority(3),
                                allowing("10.0.0.0/8").priority(2))))
                .containsExactly("> http pay.example:80 10.1.0.0/16 edge/deny -> edge/allow");
    }

    @Test
    void aListenerForCertificatesSeesNamesAndNothingElse() {
        DesiredState before = world("mutual");
        DesiredState after = world(
                "mutual",
                aRule("edge/named")
                        .tier(Tier.ADMIN)
                        .from(principals("spiffe://corp/shop/*").atAddresses("10.0.0.0/8"))
                        .to("edge/pay"),
                aRule("edge/addressed")
                        .tier(Tier.ADMIN)
                        .from(addresses("172.16.0.0/12"))
                        .to("edge/pay")
                        .denying());

        assertThat(told(before, after))
                .containsExactly(
                        "> mutual pay.example:80 spiffe://corp/shop/* from 10.0.0.0/8 sallyport/default-deny -> edge/named");
    }

    @Test
    void whatBeginsLaterSaysWhen() {
        Instant later = NOON.plusSeconds(60);

        assertThat(told(List.of(), List.of(allowing("10.0.0.0/8").between(later, Instant.MAX))))
                .containsExactly(
                        "> http pay.example:80 10.0.0.0/8 sallyport/default-deny -> edge/allow since " + later);
    }

    @Test
    void whatEndsLaterThanBeforeSaysFromWhen() {
        Instant sooner = NOON.plusSeconds(60);

        assertThat(told(
                        List.of(allowing("10.0.0.0/8").between(Instant.MIN, sooner)),
                        List.of(allowing("10.0.0.0/8").between(Instant.MIN, NOON.plusSeconds(120)))))
                .containsExactly(
                        "> http pay.example:80 10.0.0.0/8 sallyport/default-deny -> edge/allow since " + sooner);
    }

    @Test
    void aHostTakenFromUnderAWildcardIsHeldAgainstIt() {
        DesiredState before = world(
                "http",
                aDestination("edge/all").hosts("*.example").dynamically().port(80, Protocol.HTTP),
                rule("edge/all-allowed", "edge/all"));
        DesiredState after = world(
                "http",
                aDestination("edge/all").hosts("*.example").dynamically().port(80, Protocol.HTTP),
                aDestination("edge/own").hosts("own.example").port(80, Protocol.HTTP),
                rule("edge/all-allowed", "edge/all"),
                rule("edge/own-denied", "edge/own").denying().priority(1));

        assertThat(told(before, after))
                .containsExactly("< http own.example:80 10.0.0.0/8 edge/all-allowed -> edge/own-denied");
    }

    @Test
    void aGatewayThatGoesClosesAllThatPassed() {
        DesiredState before = world("http", allowing("10.0.0.0/8"));

        FlowChanges changes = FlowDiff.between(GATEWAY, Optional.of(compiled(before)), Optional.empty(), NOON)
                .changes(10);

        assertThat(changes.closed())
                .extracting(FlowDiffTest::told)
                .containsExactly("< http pay.example:80 10.0.0.0/8 edge/allow -> sallyport/unknown-destination");
    }

    @Test
    void theFirstAreNamedAndAllAreCounted() {
        List<RuleBuilder> many = IntStream.range(0, 50)
                .mapToObj(number -> admin("edge/r" + number, "10.%d.0.0/16".formatted(number)))
                .toList();

        FlowChanges changes = diff(world("http"), world("http", many.toArray(RuleBuilder[]::new)), 10);

        assertThat(changes.openedCount()).isEqualTo(50);
        assertThat(changes.opened()).hasSize(10);
    }

    @Test
    void whoHasAnIdentityOfAPartIsConcerned() {
        FlowDiff diff = FlowDiff.between(
                GATEWAY,
                Optional.of(compiled(world(
                        "http", admin("edge/deny", "10.1.0.0/16").denying().priority(1)))),
                Optional.of(compiled(world(
                        "http", admin("edge/deny", "10.1.0.0/16").denying().priority(1), allowing("10.0.0.0/8")))),
                NOON);

        assertThat(diff.changes(1).openedCount()).isEqualTo(1);
        assertThat(diff.concerns(new ByAddress(Cidr.parse("10.2.0.1/32")))).isTrue();
        assertThat(diff.concerns(new ByAddress(Cidr.parse("10.0.0.0/7")))).isTrue();
        assertThat(diff.concerns(new ByAddress(Cidr.parse("10.1.0.1/32")))).isFalse();
        assertThat(diff.concerns(new ByAddress(Cidr.parse("192.0.2.1/32")))).isFalse();
    }

    @Test
    void whoHasAnIdentityAroundAPartIsConcernedWhereverItLies() {
        FlowDiff diff = FlowDiff.between(
                GATEWAY,
                Optional.of(compiled(world("http"))),
                Optional.of(compiled(
                        world("http", admin("edge/one", "172.17.0.0/16"), admin("edge/two", "172.160.0.0/16")))),
                NOON);

        assertThat(diff.changes(1).openedCount()).isEqualTo(2);
        assertThat(diff.concerns(new ByAddress(Cidr.parse("172.16.0.0/12")))).isTrue();
        assertThat(diff.concerns(new ByAddress(Cidr.parse("172.32.0.0/12")))).isFalse();
    }

    @Test
    void openingForEveryoneIsSaidInAFewWords() {
        assertThat(told(
                        List.of(),
                        List.of(aRule("edge/all")
                                .tier(Tier.ADMIN)
                                .from(everyone())
                                .to("edge/pay"))))
                .containsExactly(
                        "> http pay.example:80 0.0.0.0/0 sallyport/default-deny -> edge/all",
                        "> http pay.example:80 ::/0 sallyport/default-deny -> edge/all");
    }

    private static RuleBuilder allowing(String range) {
        return admin("edge/allow", range).priority(100);
    }

    private static RuleBuilder admin(String name, String range) {
        return aRule(name).tier(Tier.ADMIN).from(addresses(range)).to("edge/pay");
    }

    private static RuleBuilder rule(String name, String destination) {
        return aRule(name).tier(Tier.ADMIN).from(addresses("10.0.0.0/8")).to(destination);
    }

    private static DesiredState world(String listener, ResourceBuilder<?>... more) {
        List<ResourceBuilder<?>> all = new ArrayList<>(Arrays.asList(more));
        all.add(aNamespace("edge").cidrs("10.0.0.0/8"));
        all.add(
                listener.equals("http")
                        ? aGateway("edge/internet").http("http", 1)
                        : aGateway("edge/internet").mutual("mutual", 4, "edge/server", "edge/clients"));
        all.add(aDestination("edge/pay").hosts("pay.example").port(80, Protocol.HTTP));
        return state(all.toArray(ResourceBuilder[]::new));
    }

    private static List<String> told(List<RuleBuilder> before, List<RuleBuilder> after) {
        return told(
                world("http", before.toArray(RuleBuilder[]::new)), world("http", after.toArray(RuleBuilder[]::new)));
    }

    private static List<String> told(DesiredState before, DesiredState after) {
        FlowChanges changes = diff(before, after, 100);
        return Stream.concat(changes.opened().stream(), changes.closed().stream())
                .map(FlowDiffTest::told)
                .toList();
    }

    private static FlowChanges diff(DesiredState before, DesiredState after, int named) {
        return FlowDiff.between(GATEWAY, Optional.of(compiled(before)), Optional.of(compiled(after)), NOON)
                .changes(named);
    }

    private static Snapshot compiled(DesiredState state) {
        return new SnapshotCompiler().compile(state, GATEWAY);
    }

    private static String told(FlowChange flow) {
        return "%s %s %s:%s %s %s -> %s%s"
                .formatted(
                        flow.opens() ? ">" : "<",
                        flow.listener(),
                        flow.host().value(),
                        flow.port().value(),
                        told(flow.source()),
                        flow.before(),
                        flow.after(),
                        flow.since().stream().map(since -> " since " + since).collect(Collectors.joining()));
    }

    private static String told(SourcePart part) {
        String who = Stream.concat(part.principal().stream(), part.range().stream())
                .map(Object::toString)
                .collect(Collectors.joining());
        String from = part.from().isEmpty()
                ? ""
                : part.from().stream().map(Object::toString).collect(Collectors.joining(",", " from ", ""));
        return (part.isRest() ? "~" : "") + (who.isEmpty() ? "anyone" : who) + from;
    }
}
