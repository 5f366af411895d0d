package io.sallyport.compiler;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static io.sallyport.testkit.Sources.everyone;
import static io.sallyport.testkit.Sources.namespaces;
import static io.sallyport.testkit.Sources.principals;
import static io.sallyport.testkit.Sources.selecting;
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.Finding.Severity;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.HealthCheck;
import io.sallyport.domain.destination.LoadBalancer.Policy;
import io.sallyport.domain.destination.OutlierDetection;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.GatewayBuilder;
import io.sallyport.testkit.RandomState;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyChecksTest {
    private static final Instant NOW = RandomState.NOON;

    private final DesiredState base = ResourceBuilder.state(
            aNamespace("edge"),
            aNamespace("shop").cidrs("10.1.0.0/16").spiffeIds("spiffe://corp/ns/shop/*"),
            aNamespace("bank").cidrs("10.2.0.0/16"),
            aGateway("edge/internet").http("http", 10080).tls("tls", 10443),
            web("shop/api").hosts("api.example.com"),
            web("bank/pay").hosts("pay.example.org"),
            aWorkload("shop/web").labelled("app", "web").at("10.1.0.7/32"),
            aRule("shop/deny-web").denying().from(selecting("app", "web")).to("shop/api"));

    static List<String> caseNames() {
        return List.copyOf(Cases.all().keySet());
    }

    @ParameterizedTest
    @MethodSource("caseNames")
    void nothingIsWrongWithTheCases(String name) {
        DesiredState state = Objects.requireNonNull(Cases.all().get(name));

        List<Finding> findings = new PolicyChecks()
                .findings(state, state.all().map(Resource::key).collect(Collectors.toSet()), NOW);

        assertThat(findings).filteredOn(Finding::severity, Severity.ERROR).isEmpty();
    }

    @Test
    void referencesMustResolve() {
        assertThat(errors(
                        aRule("shop/x").gateway("edge/nowhere").from(everyone()).to("shop/nothing")))
                .containsExactly(
                        "EgressRule shop/x /spec/gatewayRef RefNotFound",
                        "EgressRule shop/x /spec/to/0/destinationRef RefNotFound");
        assertThat(errors(aRule("shop/x").listener("smtp").from(everyone()).to("shop/api")))
                .containsExactly("EgressRule shop/x /spec/gatewayRef/listener RefNotFound");
        assertThat(errors(web("nowhere/api").hosts("other.example.com")))
                .containsExactly("Destination nowhere/api /metadata/namespace RefNotFound");
    }

    @Test
    void whatIsReferredToIsNotDeleted() {
        assertThat(errorsWithout(ResourceKey.of(Kind.DESTINATION, "shop", "api")))
                .containsExactly("EgressRule shop/deny-web /spec/to/0/destinationRef ReferencedBy");
        assertThat(errorsWithout(ResourceKey.of(Kind.EGRESS_GATEWAY, "edge", "internet")))
                .containsExactly("EgressRule shop/deny-web /spec/gatewayRef ReferencedBy");
        assertThat(errorsWithout(ResourceKey.of(Kind.NAMESPACE, "bank", "bank")))
                .containsExactly("Destination bank/pay /metadata/namespace ReferencedBy");
    }

    @Test
    void aHostHasOneOwner() {
        assertThat(errors(web("bank/copy").hosts("api.example.com")))
                .containsExactly("Destination bank/copy /spec/hosts/0 HostConflict");
        assertThat(errors(web("bank/all").hosts("*.example.com").at("origin.example.net")))
                .containsExactly("Destination bank/all /spec/hosts/0 HostConflict");
    }

    @Test
    void aHostUnderAForeignWildcardNeedsItsDelegation() {
        DestinationBuilder wildcard = web("shop/all").hosts("*.example.com").at("origin.example.net");
        DestinationBuilder below = web("bank/below").hosts("bank.example.com");

        assertThat(errors(wildcard, below)).containsExactly("Destination bank/below /spec/hosts/0 HostConflict");
        assertThat(errors(wildcard.delegating("bank.example.com", "bank"), below))
                .isEmpty();
    }

    @Test
    void gatewaysThatKnowOnlyOneOfTheOwnersSeeNoConflict() {
        assertThat(errors(
                        aGateway("edge/internet").admittingOnlyItsOwn().http("http", 10080),
                        web("bank/copy").hosts("api.example.com")))
                .isEmpty();
    }

    @Test
    void aTeamSpeaksForItselfAlone() {
        assertThat(errors(aRule("shop/x").from(namespaces("bank")).to("shop/api")))
                .containsExactly("EgressRule shop/x /spec/from/0/namespaces ForeignNamespace");
        assertThat(errors(aRule("shop/x").from(addresses("10.2.0.0/24")).to("shop/api")))
                .containsExactly("EgressRule shop/x /spec/from/0/ipBlocks OutsideScopes");
        assertThat(errors(aRule("shop/x")
                        .from(principals("spiffe://corp/ns/bank/a"))
                        .to("shop/api")))
                .containsExactly("EgressRule shop/x /spec/from/0/principals OutsideScopes");
        assertThat(errors(aRule("shop/x").tier(Tier.ADMIN).from(everyone()).to("shop/api")))
                .containsExactly("EgressRule shop/x /spec/tier TierNotAllowed");
        assertThat(errors(aWorkload("shop/far").at("10.2.0.1/32")))
                .containsExactly("Workload shop/far /spec/identities/0/cidr OutsideScopes");
    }

    @Test
    void aDenialThatNoListenerCanTellApartIsRefused() {
        assertThat(errors(aRule("shop/x").denying().from(principals("*")).to("shop/api")))
                .containsExactly("EgressRule shop/x /spec/from/0/principals CannotTellApart");
        assertThat(errors(aWorkload("shop/hidden").labelled("app", "web").certifiedAs("spiffe://corp/ns/shop/a")))
                .containsExactly("Workload shop/hidden /spec/identities CannotTellApart");
    }

    @Test
    void onlyVisibleDestinationsAreAllowed() {
        assertThat(errors(aRule("shop/x").from(everyone()).to("bank/pay")))
                .containsExactly("EgressRule shop/x /spec/to/0/destinationRef NotVisible");
        assertThat(errors(aRule("shop/x").denying().from(everyone()).to("bank/pay")))
                .isEmpty();
    }

    @Test
    void portsAreThoseOfTheDestination() {
        assertThat(errors(aRule("shop/x").from(everyone()).to("shop/api", 81)))
                .containsExactly("EgressRule shop/x /spec/to/0/ports PortNotFound");
    }

    @Test
    void listenersDoNotCollide() {
        assertThat(errors(aGateway("edge/other")
                        .agents("gateway-internet")
                        .listeningOn("0.0.0.0")
                        .http("web", 10080)))
                .containsExactly("EgressGateway edge/other /spec/listeners/0/port PortConflict");
        assertThat(errors(aGateway("edge/other").http("web", 10080))).isEmpty();
        assertThat(errors(aGateway("edge/other").http("web", 1).tls("web", 1)))
                .containsExactly(
                        "EgressGateway edge/other /spec/listeners/1/name Duplicate",
                        "EgressGateway edge/other /spec/listeners/1/port PortConflict");
    }

    @Test
    void upstreamAddressesObeyEveryGateway() {
        DestinationBuilder local =
                web("shop/local").hosts("local.example.com").statically().at("127.0.0.1");

        assertThat(errors(local)).containsExactly("Destination shop/local /spec/endpoints/0/address AddressDenied");
        assertThat(errors(
                        local,
                        aGateway("edge/internet")
                                .permitting("127.0.0.0/8")
                                .http("http", 10080)
                                .tls("tls", 10443)))
                .isEmpty();
    }

    @Test
    void whatPassesThroughUnreadChoosesAmongResolvedNamesByWeightAlone() {
        DestinationBuilder two = web("shop/x").hosts("x.example.net").at("a.example.org", "b.example.org");

        assertThat(errors(two)).isEmpty();
        assertThat(errors(two.localities("near")))
                .containsExactly("Destination shop/x /spec/loadBalancer/localities OneNameOverTls");
        assertThat(errors(two, aGateway("edge/internet").http("http", 10080))).isEmpty();
        assertThat(errors(two, aGateway("edge/internet").connect("proxy", 10080)))
                .containsExactly("Destination shop/x /spec/loadBalancer/localities OneNameOverTls");
        assertThat(errors(web("shop/x")
                        .hosts("x.example.net")
                        .at("a.example.org", "b.example.org")
                        .balancedBy(Policy.MAGLEV)))
                .containsExactly("Destination shop/x /spec/loadBalancer/policy OneNameOverTls");
    }

    @Test
    void whoIsToFailOverUnreadIsToldThatNothingTellsWhoIsUnwell() {
        DestinationBuilder two = web("shop/x")
                .hosts("x.example.net")
                .statically()
                .at("203.0.113.1", "203.0.113.2")
                .localities("near");

        assertThat(warnings(two)).contains("Destination shop/x /spec/loadBalancer/localities FailoverUnseen");
        assertThat(warnings(two.ejectingOutliers(OutlierDetection.DEFAULT))).noneMatch(text -> text.contains("Unseen"));
    }

    @Test
    void aPortThatACheckCannotAskIsTold() {
        DestinationBuilder checked = aDestination("shop/x")
                .hosts("x.example.net")
                .port(80, Protocol.HTTP)
                .port(443, Protocol.TLS)
                .statically()
                .at("203.0.113.1")
                .checkedBy(new HealthCheck(
                        HealthCheck.Kind.HTTP, "/", Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1));

        assertThat(errors(checked)).isEmpty();
        assertThat(warnings(checked)).contains("Destination shop/x /spec/ports/1/protocol PortNotChecked");
    }

    @Test
    void destinationsAreWhole() {
        assertThat(errors(web("shop/x").hosts("*.example.net")))
                .containsExactly("Destination shop/x /spec/hosts/0 EndpointsMissing");
        assertThat(errors(web("shop/x").hosts("x.example.net").statically()))
                .containsExactly("Destination shop/x /spec/endpoints EndpointsMissing");
        assertThat(errors(web("shop/x").hosts("x.example.net").statically().at("y.example.net")))
                .containsExactly("Destination shop/x /spec/endpoints/0/address NotAnAddress");
        assertThat(errors(web("shop/x").port(80, Protocol.TCP).hosts("x.example.net", "x.example.net")))
                .containsExactly(
                        "Destination shop/x /spec/ports/2/number Duplicate",
                        "Destination shop/x /spec/hosts/1 Duplicate");
    }

    @Test
    void scopesOfTwoNamespacesDoNotOverlap() {
        assertThat(errors(aNamespace("new").cidrs("10.1.2.0/24").spiffeIds("spiffe://corp/ns/shop/a*")))
                .containsExactly(
                        "Namespace new /spec/scopes/cidrs/0 ScopesOverlap",
                        "Namespace new /spec/scopes/spiffeIds/0 ScopesOverlap");
    }

    @Test
    void narrowerScopesAreTakenAndTellWhatTheyCut() {
        assertThat(findings(Severity.WARNING, aNamespace("shop").cidrs("10.1.9.0/24")))
                .containsExactly("Workload shop/web /spec/identities/0/cidr OutsideScopes");
        assertThat(errors(aNamespace("shop").cidrs("10.1.9.0/24"))).isEmpty();
    }

    @Test
    void aRuleThatNeverDecidesIsTold() {
        assertThat(warnings(aRule("shop/x")
                        .denying()
                        .priority(2000)
                        .from(selecting("app", "web"))
                        .to("shop/api", 443)))
                .containsExactly("EgressRule shop/x  ShadowedRule");
        assertThat(warnings(
                        aRule("shop/z").denying().from(selecting("app", "web")).to("shop/api")))
                .containsExactly("EgressRule shop/z  DuplicateRule");
        assertThat(warnings(
                        aRule("edge/all")
                                .tier(Tier.ADMIN)
                                .denying()
                                .from(everyone())
                                .to("shop/api"),
                        webToApi()))
                .contains("EgressRule shop/web  ShadowedRule");
    }

    @Test
    void aRuleThatDecidesForSomeIsNotToldOf() {
        assertThat(warnings(
                        webToApi().priority(1),
                        aRule("shop/x").from(addresses("10.1.0.0/24")).to("shop/api")))
                .isEmpty();
        assertThat(warnings(
                        aRule("shop/early").from(everyone()).to("shop/api", 80),
                        aRule("shop/late").priority(2000).from(everyone()).to("shop/api")))
                .isEmpty();
        assertThat(warnings(
                        aRule("shop/early")
                                .between(NOW, NOW.plusSeconds(60))
                                .from(everyone())
                                .to("shop/api"),
                        aRule("shop/late").priority(2000).from(everyone()).to("shop/api")))
                .isEmpty();
    }

    @Test
    void aWildcardsDenialCoversTheHostsBelowIt() {
        DestinationBuilder all = web("shop/all").hosts("*.example.com").at("origin.example.net");

        assertThat(warnings(
                        all,
                        aRule("shop/none")
                                .denying()
                                .priority(1)
                                .from(everyone())
                                .to("shop/all"),
                        webToApi()))
                .contains("EgressRule shop/web  ShadowedRule");
    }

    @Test
    void aSelectorOfDestinationsThatSelectsNoneIsTold() {
        assertThat(warnings(aRule("shop/x").from(addresses("10.1.0.0/24")).toLabelled("tier", "payments")))
                .containsExactly("EgressRule shop/x /spec/to/0/destinationSelector SelectsNothing");
        assertThat(warnings(
                        web("shop/paid").labelled("tier", "payments").hosts("paid.example.com"),
                        aRule("shop/x").from(addresses("10.1.0.0/24")).toLabelled("tier", "payments")))
                .isEmpty();
    }

    @Test
    void aGatewayThatAdmitsFewerTellsWhatItCuts() {
        GatewayBuilder closed = aGateway("edge/internet").admittingOnlyItsOwn().http("http", 10080);

        assertThat(warnings(closed))
                .contains(
                        "EgressRule shop/deny-web /spec/gatewayRef NamespaceNotAdmitted",
                        "EgressRule shop/deny-web /spec/to/0/destinationRef DestinationNotKnown");
        assertThat(errors(closed, webToApi()))
                .contains(
                        "EgressRule shop/web /spec/gatewayRef NamespaceNotAdmitted",
                        "EgressRule shop/web /spec/to/0/destinationRef DestinationNotKnown");
    }

    @Test
    void whoCannotBeRecognisedIsTold() {
        assertThat(warnings(
                        aWorkload("shop/hidden").labelled("app", "hidden").certifiedAs("spiffe://corp/ns/shop/a"),
                        aRule("shop/x").from(selecting("app", "hidden")).to("shop/api")))
                .contains("EgressRule shop/x /spec/from/0/workloadSelector WorkloadNotSeen");
        assertThat(warnings(
                        aNamespace("certified").spiffeIds("spiffe://corp/ns/certified/*"),
                        web("certified/x").hosts("x.example.net"),
                        aRule("certified/x").from(namespaces("certified")).to("certified/x")))
                .contains("EgressRule certified/x /spec/from/0/namespaces NamespaceNotSeen");
    }

    @Test
    void whatIsNeverReachedOrLearnedIsTold() {
        assertThat(warnings(
                        web("shop/x").port(5432, Protocol.TCP).hosts("x.example.net"),
                        aRule("shop/x").from(selecting("app", "web")).to("shop/x", 5432)))
                .contains("EgressRule shop/x /spec/to/0/ports PortUnreachable");
        assertThat(warnings(web("shop/x").hosts("x.example.net").addresses("192.0.2.0/24")))
                .contains("Destination shop/x /spec/addresses AddressesNotLearned");
        assertThat(warnings(web("shop/x").hosts("x.example.net").delegating("y.example.org", "bank")))
                .contains("Destination shop/x /spec/delegates/0/host DelegatesNothing");
    }

    @Test
    void aListenerThatLearnsNoHostLeadsToWhatHasAPlace() {
        assertThat(errors(
                        aDestination("edge/wild")
                                .hosts("*.wild.example")
                                .port(5432, Protocol.TCP)
                                .dynamically(),
                        aGateway("edge/other").tcp("raw", 1, "wild")))
                .contains("EgressGateway edge/other /spec/listeners/0/destinationRef NowhereToLead");
    }

    @Test
    void aListenerThatSeesNoTokensIsTold() {
        assertThat(warnings(aSecurityPolicy("edge/tokens")
                        .onGateway("internet")
                        .jwt("https://issuer.example", "{\"keys\":[]}", "sallyport")))
                .contains("SecurityPolicy edge/tokens /spec/targetRefs/0 TokensNotSeen");
    }

    @Test
    void aGuardThatCannotHoldBehindAProxyIsTold() {
        GatewayBuilder behind =
                aGateway("edge/internet").leavingThrough("192.0.2.1", 3128).http("http", 10080);

        assertThat(warnings(behind, web("shop/x").hosts("x.example.net").neverAt("198.51.100.0/24")))
                .contains(
                        "EgressGateway edge/internet /spec/upstreamProxy GuardBehindProxy",
                        "Destination shop/x /spec/addressGuard GuardBehindProxy");
    }

    @Test
    void aRuleThatIsOverIsTold() {
        assertThat(warnings(webToApi().priority(1).between(Instant.EPOCH, NOW)))
                .containsExactly("EgressRule shop/web /spec/validity/expiresAt RuleExpired");
        assertThat(warnings(webToApi().priority(1).between(Instant.EPOCH, NOW.plusMillis(1))))
                .isEmpty();
    }

    @Test
    void noNamespaceBearsTheNameOfTheGatewaysOwnDecisions() {
        assertThat(errors(aNamespace("sallyport"))).containsExactly("Namespace sallyport /metadata/name ReservedName");
    }

    @Test
    void grantsThatCanBeCutHaveABound() {
        GatewayBuilder cutting = aGateway("edge/internet").cuttingOnRevoke().http("http", 10080);
        String[] many = IntStream.range(0, CutChecks.MOST_GRANTS)
                .mapToObj(number -> "10.1.%d.%d/32".formatted(number / 256, number % 256))
                .toArray(String[]::new);

        assertThat(errors(cutting)).isEmpty();
        assertThat(errors(cutting, aRule("shop/many").from(addresses(many)).to("shop/api")))
                .containsExactly("EgressGateway edge/internet /spec/onRevoke TooManyGrants");
    }

    private static RuleBuilder webToApi() {
        return aRule("shop/web").from(selecting("app", "web")).to("shop/api");
    }

    private List<String> warnings(ResourceBuilder<?>... written) {
        return findings(Severity.WARNING, written);
    }

    private List<String> errors(ResourceBuilder<?>... written) {
        return findings(Severity.ERROR, written);
    }

    private List<String> findings(Severity severity, ResourceBuilder<?>... written) {
        return findings(
                severity,
                Arrays.stream(written)
                        .<Change>map(builder -> new Change.Put(builder.build()))
                        .toList());
    }

    private List<String> errorsWithout(ResourceKey deleted) {
        return findings(Severity.ERROR, List.of(new Change.Delete(deleted)));
    }

    private List<String> findings(Severity severity, List<Change> changes) {
        Set<ResourceKey> touched = changes.stream().map(Change::key).collect(Collectors.toSet());
        return new PolicyChecks()
                .findingsOfWrite(base, base.with(new Revision(2), changes), touched, NOW).stream()
                        .filter(finding -> finding.severity() == severity)
                        .map(finding -> finding.subject() + " " + finding.pointer() + " " + finding.reason())
                        .toList();
    }

    private static DestinationBuilder web(String name) {
        return aDestination(name).port(80, Protocol.HTTP).port(443, Protocol.HTTPS);
    }
}
