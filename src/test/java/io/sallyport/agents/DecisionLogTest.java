package io.sallyport.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.agents.DecisionLog.Decided;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.agent.DecisionCount;
import io.sallyport.domain.agent.Denial;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private static final ResourceName GATEWAY = ResourceName.of("edge", "internet");
    private static final Name SHOP = new Name("shop");

    private final DecisionLog log = new DecisionLog(denial -> Set.of(SHOP));

    @Test
    void eachDecisionIsCountedByItself() {
        log.count(new Decided(GATEWAY, "shop/a", true, ""));
        log.count(new Decided(GATEWAY, "shop/a", true, ""));
        log.count(new Decided(GATEWAY, "shop/b", false, "rule"));

        assertThat(log.counts())
                .containsExactly(
                        new DecisionCount(GATEWAY, "shop/a", true, "", 2),
                        new DecisionCount(GATEWAY, "shop/b", false, "rule", 1));
    }

    @Test
    void tooManyDifferentDecisionsAreCountedTogether() {
        for (int rule = 0; rule < DecisionLog.MOST_COUNTED + 5; rule++) {
            log.count(new Decided(GATEWAY, "shop/rule-" + rule, true, ""));
        }

        assertThat(log.counts())
                .hasSize(DecisionLog.MOST_COUNTED + 1)
                .contains(new DecisionCount(GATEWAY, DecisionLog.OTHERS, true, "", 5));
    }

    @Test
    void theLastDenialsAreKeptTheNewestFirst() {
        for (int number = 0; number < DecisionLog.MOST_DENIALS + 3; number++) {
            log.keep(denial(number));
        }

        assertThat(log.denials(SHOP))
                .hasSize(DecisionLog.MOST_DENIALS)
                .startsWith(denial(DecisionLog.MOST_DENIALS + 2))
                .endsWith(denial(3));
        assertThat(log.denials(new Name("other"))).isEmpty();
    }

    private static Denial denial(int number) {
        return new Denial(
                Instant.EPOCH.plusSeconds(number),
                new AgentName(new ClientId("gateway"), GATEWAY, "node"),
                "http",
                new Denial.Asked("127.0.0.2", "", "ads.example", "GET", "/"),
                new Denial.Refusal("shop/no-ads", "rule", "", 403));
    }
}
