package io.sallyport.compiler;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
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
