package io.sallyport.compiler.risk;

import static io.sallyport.testkit.ApprovalPolicyBuilder.anApprovalPolicy;
import static io.sallyport.testkit.AuthorizationRuleBuilder.allowing;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.GuardrailBuilder.never;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RoleBindingBuilder.aRoleBinding;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.TlsBuilder.aTls;
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.access.Role;
import io.sallyport.domain.approval.Demand;
import io.sallyport.domain.approval.Risk;
import io.sallyport.domain.approval.RiskType;
import io.sallyport.domain.approval.Trigger.NewFor;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.security.RequestLimits;
import io.sallyport.domain.security.TlsOrigination.Mode;
import io.sallyport.domain.security.TlsVersions.Version;
import io.sallyport.testkit.ApprovalPolicyBuilder;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.GatewayBuilder;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a policy that asks about everything is told of a change; each risk by its type. */
final class RisksTest {
    private static final Instant NOON = Instant.parse("2030-06-01T12:00:00Z");
    private static final GatewayBuilder GATEWAY = aGateway("edge/internet").http("http", 10080);
    private static final DestinationBuilder PAY = aDestination("edge/pay")
            .hosts("pay.example")
            .port(443, Protocol.HTTPS)
            .at("198.51.100.1");
    private static final DestinationBuilder CLEAR = aDestination("edge/pay")
            .hosts("pay.example")
            .port(443, Protocol.HTTP)
            .at("198.51.100.1");

    @Test
    void whatOnlyTightensIsNoRisk() {
        assertThat(risks(
                        List.of(PAY, admitting("pay")),
                        List.of(PAY, admitting("pay").denying())))
                .isEmpty();
        assertThat(risks(List.of(CLEAR, admitting("pay")), List.of(PAY, admitting("pay"))))
                .isEmpty();
        assertThat(risks(List.of(PAY), List.of())).isEmpty();
        assertThat(risks(
                        List.of(limited(2000)),
                        List.of(
                                limited(1000),
                                aSecurityPolicy("edge/more")
                                        .onGateway("internet")
                                        .limitedTo(5, Duration.ofSeconds(1)))))
                .isEmpty();
    }

    @Test
    void aHostIsNewWhereNobodyCouldReachItAtThatPort() {
        assertThat(risks(List.of(PAY), List.of(PAY, admitting("pay")))).containsExactly(RiskType.NEW_DESTINATION);
        assertThat(risks(
                        List.of(PAY, admitting("pay")),
                        List.of(PAY, admitting("pay"), admitting("other", "pay", "10.0.0.9/32"))))
                .as("somebody could")
                .isEmpty();
        assertThat(risks(
                        List.of(PAY, admitting("pay").between(NOON.plusSeconds(60), Validity.ALWAYS.expiresAt())),
                        List.of(PAY, admitting("pay"))))
                .as("nobody can yet")
                .containsExactly(RiskType.NEW_DESTINATION);
    }

    @Test
    void orWhereSomebodyCouldNotIfThePolicyAsksSo() {
        ApprovalPolicyBuilder policy = anApprovalPolicy("edge/asks").onNewFor(NewFor.SOURCE);

        assertThat(risks(
                        policy,
                        List.of(PAY, admitting("pay")),
                        List.of(PAY, admitting("pay"), admitting("other", "pay", "10.0.0.9/32"))))
                .containsExactly(RiskType.NEW_DESTINATION);
    }

    @Test
    void hostsOfOnesOwnAreNoneAndOthersNamespacesAreNotGoverned() {
        ApprovalPolicyBuilder own =
                anApprovalPolicy("edge/asks").on(RiskType.NEW_DESTINATION).except("*.example");
        ApprovalPolicyBuilder others =
                anApprovalPolicy("edge/asks").on(RiskType.NEW_DESTINATION).of("far");
        ApprovalPolicyBuilder sources =
                anApprovalPolicy("edge/asks").on(RiskType.NEW_DESTINATION).of("shop");

        assertThat(risks(own, List.of(PAY), List.of(PAY, admitting("pay")))).isEmpty();
        assertThat(risks(others, List.of(PAY), List.of(PAY, admitting("pay")))).isEmpty();
        assertThat(risks(sources, List.of(PAY), List.of(PAY, admitting("pay"))))
                .as("who speaks for the source is governed")
                .containsExactly(RiskType.NEW_DESTINATION);
    }

    @Test
    void aWildcardIsOneWhateverIsBelowIt() {
        DestinationBuilder all = aDestination("edge/pay")
                .hosts("*.pay.example")
                .port(443, Protocol.HTTPS)
                .dynamically();

        assertThat(risks(List.of(all), List.of(all, admitting("pay")))).contains(RiskType.WILDCARD_HOST);
    }

    @Test
    void workloadsAreCountedAndWhoIsNoneIsManyAsManyAsThereMayBe() {
        ApprovalPolicyBuilder policy = anApprovalPolicy("edge/asks").onMoreThan(1);
        ResourceBuilder<?> one = aWorkload("shop/one").labelled("app", "web").at("10.0.0.1/32");
        ResourceBuilder<?> two = aWorkload("shop/two").labelled("app", "web").at("10.0.0.2/32");
        RuleBuilder web = aRule("edge/web")
                .tier(Tier.ADMIN)
                .gateway("edge/internet")
                .from(Sources.selecting("app", "web"))
                .to("edge/pay");

        assertThat(risks(policy, List.of(PAY, one), List.of(PAY, one, web))).isEmpty();
        assertThat(risks(policy, List.of(PAY, one, two), List.of(PAY, one, two, web)))
                .containsExactly(RiskType.WORKLOADS_AFFECTED);
        assertThat(risks(policy, List.of(PAY), List.of(PAY, admitting("wide", "pay", "10.0.0.0/24"))))
                .containsExactly(RiskType.WORKLOADS_AFFECTED);
    }

    @Test
    void tlsIsRelaxedByDestinationsPoliciesRoutesAndMoreSpecificHosts() {
        RuleBuilder rule = admitting("pay");
        ResourceBuilder<?> modern =
                aSecurityPolicy("edge/tls").onDestination("pay").tls(aTls().versions(Version.TLS_1_3, Version.TLS_1_3));
        ResourceBuilder<?> off =
                aSecurityPolicy("edge/tls").onDestination("pay").tls(aTls().mode(Mode.DISABLE));
        ResourceBuilder<?> unverified =
                aSecurityPolicy("edge/tls").onDestination("pay").tls(aTls().unverifiedUntil(NOON.plusSeconds(60)));
        ResourceBuilder<?> named =
                aSecurityPolicy("edge/tls").onDestination("pay").tls(aTls().named("other.example"));

        assertThat(risks(List.of(PAY, rule), List.of(CLEAR, rule))).containsExactly(RiskType.RELAXED_TLS);
        assertThat(risks(List.of(PAY, rule), List.of(PAY, rule, off))).containsExactly(RiskType.RELAXED_TLS);
        assertThat(risks(List.of(PAY, rule), List.of(PAY, rule, unverified))).containsExactly(RiskType.RELAXED_TLS);
        assertThat(risks(List.of(PAY, rule), List.of(PAY, rule, named))).containsExactly(RiskType.RELAXED_TLS);
        assertThat(risks(List.of(PAY, rule, modern), List.of(PAY, rule))).containsExactly(RiskType.RELAXED_TLS);
        assertThat(risks(List.of(PAY, rule), List.of(PAY, rule, modern))).isEmpty();
        DestinationBuilder both = aDestination("edge/pay")
                .hosts("pay.example")
                .port(443, Protocol.HTTPS)
                .port(80, Protocol.HTTP)
                .at("198.51.100.1");
        assertThat(risks(List.of(PAY), List.of(both)))
                .as("a host that had TLS alone")
                .containsExactly(RiskType.RELAXED_TLS);
    }

    @Test
    void policiesThatAskForLessAreTold() {
        ResourceBuilder<?> narrow = aSecurityPolicy("edge/asks")
                .onGateway("internet")
                .authorizing(allowing("read").hosts("pay.example"));
        ResourceBuilder<?> elsewhere = aSecurityPolicy("edge/moved")
                .onGateway("internet")
                .authorizing(allowing("read").hosts("pay.example"));

        assertThat(risks(List.of(narrow), List.of())).containsExactly(RiskType.RELAXED_POLICY);
        assertThat(risks(List.of(narrow), List.of(elsewhere)))
                .as("what is asked by another document is asked")
                .isEmpty();
        assertThat(risks(List.of(limited(1000)), List.of(limited(2000)))).containsExactly(RiskType.RELAXED_POLICY);
    }

    @Test
    void gatewaysThatAllowMoreAreTold() {
        assertThat(risks(
                        List.of(),
                        List.of(aGateway("edge/internet").http("http", 10080).allowingByDefault())))
                .containsExactly(RiskType.DEFAULT_ALLOW);
        assertThat(risks(
                        List.of(),
                        List.of(aGateway("edge/internet").http("http", 10080).permitting("10.0.0.0/8"))))
                .containsExactly(RiskType.RELAXED_ADDRESSES);
    }

    @Test
    void whatHoldsWritesIsTold() {
        assertThat(risks(
                        List.of(never("edge/rail").to("*")),
                        List.of(never("edge/rail").to("*").exceptTo("a.example"))))
                .containsExactly(RiskType.WEAKENED_GUARDRAIL);
        assertThat(risks(
                        List.of(never("edge/rail").to("*").exceptTo("a.example")),
                        List.of(never("edge/rail").to("*"))))
                .isEmpty();
        assertThat(risks(
                        List.of(),
                        List.of(aRoleBinding("shop/team").of(Role.DEVELOPER).group("team"))))
                .containsExactly(RiskType.GRANTED_ROLE);
        assertThat(risks(
                        List.of(aRoleBinding("edge/team")
                                .of(Role.DEVELOPER)
                                .group("team")
                                .everywhere()),
                        List.of(
                                aRoleBinding("edge/team")
                                        .of(Role.DEVELOPER)
                                        .group("team")
                                        .everywhere(),
                                aRoleBinding("shop/team").of(Role.DEVELOPER).group("team"))))
                .as("he had it everywhere")
                .isEmpty();
    }

    @Test
    void aPolicyIsWeakenedByWhateverMakesItAskForLess() {
        ApprovalPolicyBuilder asks = anApprovalPolicy("edge/asks").onMoreThan(3).asking(2, "board");

        assertThat(weakened(asks, anApprovalPolicy("edge/asks").onMoreThan(4).asking(2, "board")))
                .isTrue();
        assertThat(weakened(asks, anApprovalPolicy("edge/asks").onMoreThan(3).asking(1, "board")))
                .isTrue();
        assertThat(weakened(asks, anApprovalPolicy("edge/asks").onMoreThan(3).asking(2, "others")))
                .isTrue();
        assertThat(weakened(
                        asks,
                        anApprovalPolicy("edge/asks")
                                .onMoreThan(3)
                                .asking(2, "board")
                                .of("shop")))
                .isTrue();
        assertThat(weakened(
                        asks,
                        anApprovalPolicy("edge/asks")
                                .onMoreThan(3)
                                .asking(2, "board")
                                .except("a.example")))
                .isTrue();
        assertThat(weakened(
                        asks,
                        anApprovalPolicy("edge/asks")
                                .onMoreThan(3)
                                .asking(2, "board")
                                .skippedBy("on-call", Duration.ofHours(1))))
                .isTrue();
        assertThat(weakened(
                        asks,
                        anApprovalPolicy("edge/asks").on(RiskType.RELAXED_TLS).asking(2, "board")))
                .isTrue();
        assertThat(weakened(
                        asks,
                        anApprovalPolicy("edge/asks")
                                .onMoreThan(2)
                                .on(RiskType.RELAXED_TLS)
                                .asking(3, "board")))
                .isFalse();
    }

    private static boolean weakened(ApprovalPolicyBuilder before, ApprovalPolicyBuilder after) {
        return demands(state(List.of(before)), state(List.of(after))).stream()
                .flatMap(demand -> demand.risks().stream())
                .anyMatch(risk -> risk.type() == RiskType.WEAKENED_APPROVAL_POLICY);
    }

    private static ResourceBuilder<?> limited(long bytes) {
        return aSecurityPolicy("edge/asks").onGateway("internet").largest(new RequestLimits(bytes, 0));
    }

    private static RuleBuilder admitting(String destination) {
        return admitting("allow", destination, "10.0.0.7/32");
    }

    private static RuleBuilder admitting(String name, String destination, String range) {
        return aRule("edge/" + name)
                .tier(Tier.ADMIN)
                .gateway("edge/internet")
                .from(Sources.addresses(range))
                .to("edge/" + destination);
    }

    private static List<RiskType> risks(List<ResourceBuilder<?>> before, List<ResourceBuilder<?>> after) {
        ApprovalPolicyBuilder policy = anApprovalPolicy("edge/asks");
        Arrays.stream(RiskType.values())
                .filter(type -> type != RiskType.WEAKENED_APPROVAL_POLICY && type != RiskType.WORKLOADS_AFFECTED)
                .forEach(policy::on);
        return risks(policy, before, after);
    }

    private static List<RiskType> risks(
            ApprovalPolicyBuilder policy,
            List<? extends ResourceBuilder<?>> before,
            List<? extends ResourceBuilder<?>> after) {
        return demands(state(with(policy, before)), state(with(policy, after))).stream()
                .flatMap(demand -> demand.risks().stream())
                .map(Risk::type)
                .distinct()
                .toList();
    }

    private static List<ResourceBuilder<?>> with(
            ApprovalPolicyBuilder policy, List<? extends ResourceBuilder<?>> others) {
        List<ResourceBuilder<?>> all = new ArrayList<>(List.of(policy));
        all.addAll(others);
        return all;
    }

    // Whoever is named later stands in place of whom is named before.
    private static DesiredState state(List<? extends ResourceBuilder<?>> builders) {
        List<ResourceBuilder<?>> all = new ArrayList<>(List.of(
                aNamespace("edge"), aNamespace("far"), aNamespace("shop").cidrs("10.0.0.0/24"), GATEWAY));
        all.addAll(builders);
        return ResourceBuilder.state(all.toArray(ResourceBuilder<?>[]::new));
    }

    private static List<Demand> demands(DesiredState before, DesiredState after) {
        List<Change> changes = Arrays.stream(Kind.values())
                .flatMap(kind -> before.differing(kind, after).stream().map(name -> new ResourceKey(kind, name)))
                .map(key -> after.find(key).<Change>map(Change.Put::new).orElseGet(() -> new Change.Delete(key)))
                .toList();
        Risks risks = new Risks(new TouchedGateways(), new SnapshotCompiler()::compile);
        return Demands.of(before, after, risks.of(before, after, changes, NOON));
    }
}
