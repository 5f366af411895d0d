package io.sallyport.compiler;

import static io.sallyport.testkit.CredentialBuilder.aCredential;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.selecting;
import static io.sallyport.testkit.WorkloadBuilder.aWorkload;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.testkit.ResourceBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TouchedGatewaysTest {
    private final DesiredState before = ResourceBuilder.state(
            aNamespace("edge"),
            aNamespace("shop"),
            aNamespace("bank").labelled("paid", "yes"),
            aGateway("edge/internet"),
            aGateway("edge/partners").admittingLabelled("paid", "yes"),
            aGateway("bank/own").admittingOnlyItsOwn(),
            aDestination("bank/pay").hosts("pay.example.com"),
            aDestination("shop/api").hosts("api.example.com"),
            aWorkload("shop/web").labelled("app", "web"),
            aRule("shop/web").from(selecting("app", "web")).to("shop/api"));

    @Test
    void aDestinationTouchesThoseThatKnowIt() {
        assertThat(touchedBy(aDestination("shop/api").hosts("other.example.com")))
                .containsExactly("edge/internet");
        assertThat(touchedBy(aDestination("bank/pay").hosts("other.example.com")))
                .containsExactly("bank/own", "edge/internet", "edge/partners");
    }

    @Test
    void aRuleThatMovesTouchesBothItsGateways() {
        assertThat(touchedBy(aRule("shop/web")
                        .gateway("edge/partners")
                        .from(selecting("app", "web"))
                        .to("shop/api")))
                .containsExactly("edge/internet", "edge/partners");
    }

    @Test
    void aWorkloadTouchesThoseWhoseRulesSelectIt() {
        assertThat(touchedBy(aWorkload("shop/web").labelled("app", "other"))).containsExactly("edge/internet");
        assertThat(touchedBy(aWorkload("bank/web").labelled("app", "web"))).isEmpty();
    }

    @Test
    void aNamespaceTouchesThoseThatBeginToAdmitIt() {
        assertThat(touchedBy(aNamespace("shop").labelled("paid", "yes")))
                .containsExactly("edge/internet", "edge/partners");
    }

    @Test
    void aGatewayThatIsGoneIsTouched() {
        assertThat(touchedBy(new Change.Delete(ResourceKey.of(Kind.EGRESS_GATEWAY, "bank", "own"))))
                .containsExactly("bank/own");
    }

    @Test
    void aRuleTouchesTheGatewaysThatItFailsOverTo() {
        assertThat(touchedBy(aRule("shop/far")
                        .failingOverTo("edge/partners")
                        .from(selecting("app", "web"))
                        .to("shop/api")))
                .containsExactly("edge/internet", "edge/partners");
    }

    @Test
    void aPolicyAboutTokensTouchesTheGatewaysThatItIsAttachedTo() {
        assertThat(touchedBy(aSecurityPolicy("edge/tokens")
                        .onListener("partners", "http")
                        .jwt("https://issuer.example", "{}")))
                .containsExactly("edge/partners");
        assertThat(touchedBy(
                        aSecurityPolicy("shop/tokens").onGateway("internet").jwt("https://issuer.example", "{}")))
                .isEmpty();
    }

    @Test
    void aPolicyAboutTrustTouchesThoseThatKnowItsDestination() {
        assertThat(touchedBy(aSecurityPolicy("shop/trust").onDestination("api").trusting("partner")))
                .containsExactly("edge/internet");
        assertThat(touchedBy(
                        aSecurityPolicy("shop/trust").onDestination("nothing").trusting("partner")))
                .isEmpty();
    }

    @Test
    void aCredentialTouchesItsUsersAlone() {
        List<Change> users = Stream.of(
                        aGateway("edge/partners").https("https", 1, "server"),
                        aSecurityPolicy("bank/trust").onDestination("pay").trusting("partner"))
                .<Change>map(builder -> new Change.Put(builder.build()))
                .toList();
        DesiredState state = before.with(new Revision(2), users);

        assertThat(touchedBy(state, aCredential("edge/server"))).containsExactly("edge/partners");
        assertThat(touchedBy(state, aCredential("bank/partner")))
                .containsExactly("bank/own", "edge/internet", "edge/partners");
        assertThat(touchedBy(state, aCredential("edge/partner"))).isEmpty();
    }

    private static List<String> touchedBy(DesiredState state, ResourceBuilder<?> written) {
        Change change = new Change.Put(written.build());
        return new TouchedGateways()
                .of(state, state.with(new Revision(3), List.of(change)), List.of(change)).stream()
                        .map(Object::toString)
                        .toList();
    }

    private List<String> touchedBy(ResourceBuilder<?> written) {
        return touchedBy(new Change.Put(written.build()));
    }

    private List<String> touchedBy(Change change) {
        DesiredState after = before.with(new Revision(2), List.of(change));
        return new TouchedGateways()
                .of(before, after, List.of(change)).stream()
                        .map(Object::toString)
                        .toList();
    }
}
