package io.sallyport.compiler;

import static io.sallyport.testkit.AuthorizationRuleBuilder.allowing;
import static io.sallyport.testkit.AuthorizationRuleBuilder.auditing;
import static io.sallyport.testkit.AuthorizationRuleBuilder.denying;
import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.SecurityPolicyBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnenforceableChecksTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final DesiredState base = ResourceBuilder.state(
            aNamespace("edge"),
            aNamespace("shop").cidrs("10.1.0.0/16"),
            aNamespace("certified").spiffeIds("spiffe://corp.example/ns/certified/*"),
            aCredential("edge/server").certificate("a certificate", "its key"),
            aCredential("edge/clients").caBundle("a certificate"),
            aGateway("edge/internet")
                    .http("http", 10080)
                    .tls("tls", 10443)
                    .mutual("mutual", 10444, "server", "clients")
                    .connect("proxy", 13128),
            aDestination("shop/api")
                    .hosts("api.example")
                    .port(80, Protocol.HTTP)
                    .port(443, Protocol.TLS));

    @Test
    void whatAsksOfRequestsClosesWhatIsPassedOnUnread() {
        assertThat(warnings(ofDestination().authorizing(denying("admin").paths("/admin"))))
                .singleElement()
                .asString()
                .contains("/spec/targetRefs/0")
                .contains(
                        "listener 'tls' (TLS) of edge/internet cannot enforce what policies ask of traffic on ports 443 to shop/api")
                .contains(
                        "listener 'proxy' (CONNECT) of edge/internet cannot enforce what policies ask of tunnels on ports 80 to shop/api")
                .contains(
                        "listener 'proxy' (CONNECT) of edge/internet cannot enforce what policies ask of traffic on ports 443 to shop/api")
                .contains("sallyport/unenforceable")
                .doesNotContain("'http'", "'mutual'");
    }

    @Test
    void claimsAskForListenersThatTakeTokens() {
        SecurityPolicyBuilder claims =
                ofDestination().authorizing(allowing("team").claim("team", "pay"));

        assertThat(warnings(claims)).singleElement().asString().contains("'http'", "'mutual'", "'proxy'", "'tls'");
        assertThat(warnings(claims.jwt("https://issuer.example", "{}")))
                .singleElement()
                .asString()
                .contains("'mutual'", "'tls'")
                .doesNotContain("'http'", "'proxy'");
    }

    @Test
    void certificatesAskForListenersThatAskForThem() {
        assertThat(warnings(aSecurityPolicy("edge/p").onGateway("internet").requiringCertificate()))
                .singleElement()
                .asString()
                .contains("'http'", "'tls'", "'proxy'")
                .doesNotContain("'mutual'");
    }

    @Test
    void auditsAndWhatIsSeenOfConnectionsCloseNothing() {
        assertThat(warnings(ofDestination()
                        .authorizing(
                                denying("guests").ipBlocks("10.9.0.0/16"),
                                denying("other").ports(80).hosts("b.example"),
                                allowing("shop").namespaces("shop"),
                                auditing("look").paths("/admin"))))
                .isEmpty();
    }

    @Test
    void whoIsNotTheirAddressClosesWhatSeesNothingElse() {
        assertThat(warnings(ofDestination().authorizing(allowing("x").principals("spiffe://corp.example/ns/shop/*"))))
                .singleElement()
                .asString()
                .contains("'tls'")
                .doesNotContain("'http'", "'proxy'");
        assertThat(warnings(ofDestination().authorizing(allowing("x").namespaces("certified"))))
                .singleElement()
                .asString()
                .contains("'tls'");
    }

    @Test
    void noHostIsKnownToTcp() {
        DesiredState known = base.with(
                new Revision(2),
                List.of(new Change.Put(aGateway("edge/internet")
                        .tls("tls", 10443)
                        .tcp("tcp", 10444, "shop/api")
                        .build())));

        assertThat(warnings(known, ofDestination().authorizing(denying("x").hosts("a.example"))))
                .singleElement()
                .asString()
                .contains("'tcp'")
                .doesNotContain("'tls'");
        assertThat(warnings(
                        known,
                        ofDestination().authorizing(denying("x").hosts("*").ipBlocks("10.9.0.0/16"))))
                .isEmpty();
    }

    @Test
    void whoAllowsIsToldTooAndWhoDeniesIsNot() {
        var policy = ofDestination().authorizing(denying("admin").paths("/admin"));
        var allow = aRule("shop/x")
                .gateway("edge/internet")
                .from(addresses("10.1.0.0/16"))
                .to("shop/api");

        DesiredState known = base.with(new Revision(2), List.of(new Change.Put(policy.build())));

        assertThat(warnings(known, allow)).singleElement().asString().contains("/spec/to/0/destinationRef", "'tls'");
        assertThat(warnings(known, allow.listener("http"))).isEmpty();
        assertThat(warnings(known, allow.listener("tls").denying())).isEmpty();
    }

    @Test
    void aConditionThatIsNotSoundIsRefusedWithItsPlace() {
        assertThat(findings(base, ofDestination().authorizing(denying("x").when("request.method = 'GET'"))))
                .anySatisfy(finding -> assertThat(finding)
                        .contains("ERROR SecurityPolicy shop/p /spec/authorization/rules/0/when ConditionNotSound")
                        .contains("at character 16"));
    }

    @Test
    void aNamespaceThatIsNotThereIsTold() {
        assertThat(findings(base, ofDestination().authorizing(denying("x").namespaces("nowhere"))))
                .anySatisfy(finding -> assertThat(finding)
                        .contains("WARNING", "/spec/authorization/rules/0/from/namespaces/0 MatchesNobody"));
    }

    private static SecurityPolicyBuilder ofDestination() {
        return aSecurityPolicy("shop/p").onDestination("api");
    }

    private List<String> warnings(ResourceBuilder<?> written) {
        return warnings(base, written);
    }

    private static List<String> warnings(DesiredState state, ResourceBuilder<?> written) {
        return findings(state, written).stream()
                .filter(finding -> finding.contains("PolicyUnenforceable"))
                .toList();
    }

    private static List<String> findings(DesiredState state, ResourceBuilder<?>... written) {
        List<Change> puts = Stream.of(written)
                .<Change>map(one -> new Change.Put(one.build()))
                .toList();
        Set<ResourceKey> touched = puts.stream().map(Change::key).collect(Collectors.toSet());
        return new PolicyChecks()
                .findings(state.with(new Revision(9), puts), touched, NOW).stream()
                        .map(finding -> "%s %s %s %s %s"
                                .formatted(
                                        finding.severity(),
                                        finding.subject(),
                                        finding.pointer(),
                                        finding.reason(),
                                        finding.message()))
                        .toList();
    }
}
