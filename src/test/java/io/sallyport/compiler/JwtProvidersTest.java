package io.sallyport.compiler;

import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.SecurityPolicyBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class JwtProvidersTest {
    private static final String NEAR = "https://near.example";
    private static final String FAR = "https://far.example";

    @Test
    void thePoliciesOfAListenerComeBeforeThoseOfItsGateway() {
        SecurityPolicyBuilder ofGateway =
                aSecurityPolicy("edge/all").onGateway("internet").jwt(FAR, "{}");
        SecurityPolicyBuilder ofListener =
                aSecurityPolicy("edge/one").onListener("internet", "http").jwt(NEAR, "{}");

        assertThat(issuers("http", ofGateway, ofListener)).containsExactly(NEAR);
        assertThat(issuers("proxy", ofGateway, ofListener)).containsExactly(FAR);
    }

    @Test
    void policiesOfOneDistanceAddUpByIssuer() {
        assertThat(issuers(
                        "http",
                        aSecurityPolicy("edge/b").onGateway("internet").jwt(NEAR, "{}"),
                        aSecurityPolicy("edge/a").onGateway("internet").jwt(FAR, "{}"),
                        aSecurityPolicy("edge/c").onGateway("internet").jwt(FAR, "{\"other\":1}")))
                .containsExactly(FAR, NEAR);
    }

    @Test
    void otherNamespacesSayNothing() {
        assertThat(issuers(
                        "http",
                        aSecurityPolicy("shop/all").onGateway("internet").jwt(FAR, "{}")))
                .isEmpty();
    }

    @Test
    void noTokensAreReadWhereNoneComeOrACertificateDoes() {
        SecurityPolicyBuilder ofGateway =
                aSecurityPolicy("edge/all").onGateway("internet").jwt(FAR, "{}");

        assertThat(issuers("tls", ofGateway)).isEmpty();
        assertThat(issuers("mutual", ofGateway)).isEmpty();
    }

    private static List<String> issuers(String listener, SecurityPolicyBuilder... policies) {
        Resource<EgressGateway> gateway = aGateway("edge/internet")
                .http("http", 1)
                .connect("proxy", 2)
                .tls("tls", 3)
                .mutual("mutual", 4, "server", "clients")
                .build();
        DesiredState state = ResourceBuilder.state(aNamespace("edge"), aNamespace("shop"))
                .with(
                        new Revision(2),
                        List.of(policies).stream()
                                .<Change>map(policy -> new Change.Put(policy.build()))
                                .toList());
        return gateway.spec().listeners().stream()
                .filter(one -> one.name().value().equals(listener))
                .flatMap(one -> JwtProviders.of(state, gateway, one).stream())
                .map(JwtProvider::issuer)
                .toList();
    }
}
