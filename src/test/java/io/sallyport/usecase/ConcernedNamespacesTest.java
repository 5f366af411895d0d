package io.sallyport.usecase;

import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.agent.Denial;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcernedNamespacesTest {
    private final DesiredState state = DesiredState.of(
            new Revision(1),
            List.of(
                    aNamespace("edge").build(),
                    aNamespace("shop").cidrs("10.1.0.0/16").build(),
                    aNamespace("ads").build(),
                    aGateway("edge/internet").build(),
                    aRule("ads/none").from(everyone()).to("ads/all").build()));

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, '', ads/none, 'ads edge shop'",
        "10.2.2.3, '', ads/none, 'ads edge'",
        "10.1.2.3, spiffe://elsewhere/x, sallyport/default-deny, edge",
        "10.1.2.3, '', shop/not-there, 'edge shop'",
        "nonsense, '', '', edge"
    })
    void aDenialConcernsWhoOwnsTheSourceTheRuleOrTheGateway(
            String source, String identity, String rule, String namespaces) {
        Denial denial = new Denial(
                Instant.EPOCH,
                new AgentName(new ClientId("gateway"), ResourceName.of("edge", "internet"), "node"),
                "http",
                new Denial.Asked(source, identity, "ads.example", "GET", "/"),
                new Denial.Refusal(rule, "rule", "", 403));

        assertThat(new ConcernedNamespaces(() -> state).apply(denial))
                .extracting(Name::value)
                .containsExactly(namespaces.split(" "));
    }
}
