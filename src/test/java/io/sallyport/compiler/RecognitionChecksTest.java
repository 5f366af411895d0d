package io.sallyport.compiler;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.namespaces;
import static io.sallyport.testkit.Sources.principals;
import static io.sallyport.testkit.Sources.selecting;
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RecognitionChecksTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final DesiredState base = ResourceBuilder.state(
            aNamespace("edge"),
            aNamespace("shop")
                    .cidrs("10.1.0.0/16")
                    .spiffeIds("spiffe://corp/ns/shop/*")
                    .issuers("https://issuer.example"),
            aCredential("edge/server").certificate("a certificate", "its key"),
            aCredential("edge/clients").caBundle("a certificate"),
            aGateway("edge/internet")
                    .http("http", 10080)
                    .mutual("mutual", 10443, "server", "clients")
                    .connect("proxy", 13128),
            aSecurityPolicy("edge/tokens").onListener("internet", "proxy").jwt("https://issuer.example", "{}"),
            aDestination("shop/api").hosts("api.example.com").port(80, Protocol.HTTP));

    @Test
    void aDenialIsHeldByEveryListenerThatItIsFor() {
        RuleBuilder byCertificate = denial().from(principals("spiffe://corp/ns/shop/a"));

        assertThat(findings(byCertificate))
                .singleElement(STRING)
                .contains("ERROR EgressRule shop/x /spec/from/0/principals CannotTellApart")
                .contains("listener http, which sees addresses alone,")
                .contains("listener proxy, which sees addresses and tokens of https://issuer.example alone,")
                .doesNotContain("listener mutual");
        assertThat(findings(byCertificate.listener("mutual"))).isEmpty();
    }

    @Test
    void tokensAreSeenWhereTheirIssuerIsAccepted() {
        RuleBuilder byToken = denial().listener("proxy").from(principals("https://issuer.example/old"));

        assertThat(findings(byToken)).isEmpty();
        assertThat(findings(byToken.listener("http"))).singleElement(STRING).contains("CannotTellApart");
    }

    @Test
    void whoHasNothingThatAListenerSeesIsNotDeniedThere() {
        assertThat(findings(
                        aWorkload("shop/w").labelled("app", "w").at("10.1.0.1/32"),
                        denial().listener("mutual").from(selecting("app", "w"))))
                .singleElement(STRING)
                .contains("/spec/from/0/workloadSelector CannotTellApart", "Workload shop/w");
        assertThat(findings(
                        aNamespace("shop").spiffeIds("spiffe://corp/ns/shop/*"),
                        denial().listener("http").from(namespaces("shop"))))
                .singleElement(STRING)
                .contains("/spec/from/0/namespaces CannotTellApart");
    }

    @Test
    void anAllowanceThatNoListenerSeesAnybodyOfIsTold() {
        RuleBuilder byCertificate = allowance().from(principals("spiffe://corp/ns/shop/a"));

        assertThat(findings(byCertificate)).isEmpty();
        assertThat(findings(byCertificate.listener("http")))
                .singleElement(STRING)
                .contains("WARNING EgressRule shop/x /spec/from/0/principals PrincipalsNotSeen");
    }

    @Test
    void aRuleIsLookedAtOnTheGatewaysThatItFailsOverTo() {
        assertThat(findings(
                        aGateway("edge/other").http("mutual", 10081),
                        denial().listener("mutual")
                                .failingOverTo("edge/other")
                                .from(principals("spiffe://corp/ns/shop/a"))))
                .singleElement(STRING)
                .contains("CannotTellApart", "gateway edge/other");
    }

    @Test
    void whoChangesWhatAListenerSeesIsToldOfDenialsThatMeanEveryoneThen() {
        DesiredState denied = with(base, denial().listener("proxy").from(principals("https://issuer.example/old")));

        assertThat(findings(
                        denied,
                        aSecurityPolicy("edge/tokens")
                                .onListener("internet", "http")
                                .jwt("https://issuer.example", "{}")))
                .singleElement(STRING)
                .contains("WARNING EgressRule shop/x /spec/from CannotTellApart");
    }

    private static RuleBuilder denial() {
        return allowance().denying();
    }

    private static RuleBuilder allowance() {
        return aRule("shop/x").to("shop/api");
    }

    private List<String> findings(ResourceBuilder<?>... written) {
        return findings(base, written);
    }

    private static List<String> findings(DesiredState state, ResourceBuilder<?>... written) {
        Set<ResourceKey> touched =
                Arrays.stream(written).map(builder -> builder.build().key()).collect(Collectors.toSet());
        return new PolicyChecks()
                .findings(with(state, written), touched, NOW).stream()
                        .map(finding -> "%s %s %s %s: %s"
                                .formatted(
                                        finding.severity(),
                                        finding.subject(),
                                        finding.pointer(),
                                        finding.reason(),
                                        finding.message()))
                        .toList();
    }

    private static DesiredState with(DesiredState state, ResourceBuilder<?>... written) {
        return state.with(
                new Revision(2),
                Arrays.stream(written)
                        .<Change>map(builder -> new Change.Put(builder.build()))
                        .toList());
    }
}
