package io.sallyport.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CohortTest {
    private static final List<Member> THOUSAND = IntStream.range(0, 1_000)
            .mapToObj(number -> member("edge-" + number))
            .toList();

    @Test
    void aPartOfManyAgentsIsAboutThatPart() {
        Cohort tenth = new Cohort(1_000, List.of());

        assertThat(THOUSAND.stream().filter(tenth::includes).count()).isBetween(70L, 130L);
    }

    @Test
    void whoIsInASmallPartIsInEveryLargerOne() {
        Cohort small = new Cohort(500, List.of());
        Cohort large = new Cohort(5_000, List.of());

        assertThat(THOUSAND.stream().filter(small::includes)).isNotEmpty().allMatch(large::includes);
    }

    @Test
    void allAreBelowTheEndAndNobodyIsBelowTheBeginning() {
        assertThat(THOUSAND).allMatch(new Cohort(Member.PLACES, List.of())::includes);
        assertThat(THOUSAND).noneMatch(Cohort.NOBODY::includes);
    }

    // Were it to move, every canary would change at an upgrade of the control plane.
    @Test
    void thePlaceOfAnAgentIsTheSameInEveryRelease() {
        assertThat(member("edge-1").place()).isEqualTo(4484);
    }

    private static Member member(String node) {
        return new Member(
                new AgentName(new ClientId("gateway-internet"), ResourceName.of("edge", "internet"), node),
                Collections.emptySortedMap());
    }
}
