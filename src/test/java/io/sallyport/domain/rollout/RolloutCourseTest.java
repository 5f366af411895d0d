package io.sallyport.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.rollout.Rollout.Phase;
import io.sallyport.domain.rollout.RolloutPolicy.NewerChanges;
import io.sallyport.domain.rollout.RolloutPolicy.OnFailure;
import io.sallyport.domain.rollout.RolloutSight.Lookout;
import io.sallyport.domain.rollout.RolloutSight.Seen;
import io.sallyport.domain.rollout.RolloutStep.Promotion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RolloutCourseTest {
    private static final ResourceName INTERNET = ResourceName.of("edge", "internet");
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Revision SEVEN = new Revision(7);
    private static final Revision EIGHT = new Revision(8);
    private static final Revision NINE = new Revision(9);
    private static final RolloutGates GATES = new RolloutGates(100, 0, Duration.ofMinutes(5), Duration.ofMinutes(10));

    private final Rollout settled = Rollout.first(INTERNET, SEVEN, NOON, "sallyport");
    private RolloutPolicy policy = policy(canaries(GATES), percentage(50, GATES));
    private Instant now = NOON;
    private Lookout lookout = Lookout.ALWAYS;

    @Test
    void aChangeBeginsAtTheFirstStep() {
        Rollout begun = next(settled, waiting(EIGHT, late("canary-1"), late("edge-1")));

        assertThat(begun.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(begun.step()).isZero();
        assertThat(begun.stable()).isEqualTo(SEVEN);
        assertThat(begun.candidate()).isEqualTo(EIGHT);
        assertThat(begun.version()).isEqualTo(2);
        assertThat(names(begun, waiting(EIGHT, late("canary-1"), late("edge-1"))))
                .containsExactly("canary-1");
    }

    @Test
    void aChangeThatIsWithAllByItselfBeginsNothing() {
        Rollout next = next(settled, nothingWaits(EIGHT, late("edge-1")));

        assertThat(next.phase()).isEqualTo(Phase.SETTLED);
        assertThat(next.stable()).isEqualTo(EIGHT);
    }

    @Test
    void whatIsSettledAtTheHeadStaysAsItIs() {
        assertThat(next(settled, nothingWaits(SEVEN))).isSameAs(settled);
    }

    @Test
    void theNextStepBeginsOnceTheGatesWerePassedForTheSoakTime() {
        RolloutSight good = waiting(EIGHT, good("canary-1"), late("edge-1"));
        Rollout soaking = next(begun(), good);
        assertThat(soaking.metSince()).isEqualTo(NOON);

        now = NOON.plus(Duration.ofMinutes(5)).minusMillis(1);
        assertThat(next(soaking, good)).isSameAs(soaking);

        now = NOON.plus(Duration.ofMinutes(5));
        Rollout advanced = next(soaking, good);
        assertThat(advanced.step()).isEqualTo(1);
        assertThat(advanced.since()).isEqualTo(now);
        assertThat(advanced.metSince()).isEqualTo(Instant.MAX);
    }

    @Test
    void theSoakTimeBeginsAgainWhereAnAgentIsLostMeanwhile() {
        Rollout soaking = next(begun(), waiting(EIGHT, good("canary-1")));
        now = NOON.plus(Duration.ofMinutes(4));

        Rollout lost = next(soaking, waiting(EIGHT, late("canary-1")));
        assertThat(lost.metSince()).isEqualTo(Instant.MAX);

        now = NOON.plus(Duration.ofMinutes(6));
        assertThat(next(lost, waiting(EIGHT, good("canary-1"))).metSince()).isEqualTo(now);
    }

    @Test
    void withoutSoakTimeItGoesOnAtOnce() {
        policy = policy(canaries(gates(Duration.ZERO)), percentage(50, GATES));

        assertThat(next(begun(), waiting(EIGHT, good("canary-1"))).step()).isEqualTo(1);
    }

    @Test
    void afterTheLastStepItIsWithAll() {
        policy = policy(canaries(gates(Duration.ZERO)));

        Rollout done = next(begun(), waiting(EIGHT, good("canary-1")));

        assertThat(done.phase()).isEqualTo(Phase.SETTLED);
        assertThat(done.stable()).isEqualTo(EIGHT);
        assertThat(RolloutEvent.of(begun(), done)).map(RolloutEvent::type).contains(RolloutEvent.Type.COMPLETED);
    }

    @Test
    void aRefusalTakesItFromAll() {
        Rollout returned = next(begun(), waiting(EIGHT, refusing("canary-1"), late("edge-1")));

        assertThat(returned.phase()).isEqualTo(Phase.RETURNED);
        assertThat(returned.cohort(policy)).isEqualTo(Cohort.NOBODY);
        assertThat(returned.reason()).contains("canary-1", "bad cluster");
    }

    @Test
    void aRefusalHaltsItWhereThePolicySaysSo() {
        policy = new RolloutPolicy(List.of(canaries(GATES)), OnFailure.HALT, NewerChanges.RESTART);

        Rollout halted = next(begun(), waiting(EIGHT, refusing("canary-1")));

        assertThat(halted.phase()).isEqualTo(Phase.HALTED);
        assertThat(halted.cohort(policy)).isEqualTo(begun().cohort(policy));
    }

    @Test
    void whoIsNotInTheCohortRefusesNothingOfIt() {
        assertThat(next(begun(), waiting(EIGHT, late("canary-1"), refusing("edge-1")))
                        .phase())
                .isEqualTo(Phase.PROGRESSING);
    }

    @Test
    void asManyMayRefuseAsTheGateSays() {
        policy = policy(canaries(new RolloutGates(50, 1, Duration.ZERO, Duration.ofMinutes(1))), percentage(50, GATES));

        assertThat(next(begun(), waiting(EIGHT, refusing("canary-1"), good("canary-2")))
                        .step())
                .isEqualTo(1);
        assertThat(next(begun(), waiting(EIGHT, refusing("canary-1"), refusing("canary-2")))
                        .phase())
                .isEqualTo(Phase.RETURNED);
    }

    @Test
    void gatesThatAreNotPassedInTimeFail() {
        now = NOON.plus(Duration.ofMinutes(10)).minusMillis(1);
        assertThat(next(begun(), waiting(EIGHT, late("canary-1"))).phase()).isEqualTo(Phase.PROGRESSING);

        now = NOON.plus(Duration.ofMinutes(10));
        Rollout failed = next(begun(), waiting(EIGHT, late("canary-1")));
        assertThat(failed.phase()).isEqualTo(Phase.RETURNED);
        assertThat(failed.reason()).contains("0 of 1", "canary-1: it has not answered");
    }

    @Test
    void theTimeForTheGatesIsNotTheSoakTime() {
        policy = policy(canaries(new RolloutGates(100, 0, Duration.ofHours(1), Duration.ofMinutes(10))));
        Rollout soaking = next(begun(), waiting(EIGHT, good("canary-1")));

        now = NOON.plus(Duration.ofMinutes(30));
        assertThat(next(soaking, waiting(EIGHT, good("canary-1")))).isSameAs(soaking);
    }

    @Test
    void aCohortWithoutAgentsProvesNothing() {
        policy = policy(canaries(gates(Duration.ZERO)));
        assertThat(next(begun(), waiting(EIGHT, late("edge-1")))).isEqualTo(begun());

        now = NOON.plus(Duration.ofMinutes(10));
        assertThat(next(begun(), waiting(EIGHT, late("edge-1"))).reason()).contains("no agent of the gateway");
    }

    @Test
    void aGatewayWithoutAgentsHoldsUpNobody() {
        policy = policy(canaries(gates(Duration.ZERO)));

        Rollout done = next(begun(), waiting(EIGHT));
        assertThat(done.phase()).isEqualTo(Phase.SETTLED);
        assertThat(done.reason())
                .isEqualTo(
                        "The gateway has no agents, so there was nothing to be seen of step 1. It is with all agents.");
    }

    @Test
    void aGatewayThatLostAllItsAgentsProvesNothing() {
        lookout = new Lookout(Instant.MIN, NOON, NOON);
        assertThat(next(begun(), waiting(EIGHT))).isEqualTo(begun());
        assertThat(course(waiting(EIGHT)).waitingFor(begun())).isEqualTo("no agent of the gateway is there any more.");

        now = NOON.plus(Duration.ofMinutes(10));
        Rollout failed = next(begun(), waiting(EIGHT));
        assertThat(failed.phase()).isEqualTo(Phase.RETURNED);
        assertThat(failed.reason()).contains("no agent of the gateway is there any more");
    }

    @Test
    void gatesThatWerePassedHaveTheirTimeToBePassedAgain() {
        now = NOON.plus(Duration.ofMinutes(30));
        lookout = new Lookout(Instant.MIN, now, now);
        Rollout lost = next(begun(), waiting(EIGHT, late("canary-1")));
        assertThat(lost.phase()).isEqualTo(Phase.PROGRESSING);

        now = now.plus(Duration.ofMinutes(10)).minusMillis(1);
        assertThat(next(lost, waiting(EIGHT, late("canary-1"))).phase()).isEqualTo(Phase.PROGRESSING);

        now = now.plusMillis(1);
        assertThat(next(lost, waiting(EIGHT, late("canary-1"))).phase()).isEqualTo(Phase.RETURNED);
    }

    @Test
    void nothingMovesWhileTheStoreIsAwayAndItSaysSo() {
        now = NOON.plus(Duration.ofDays(1));
        lookout = new Lookout(Instant.MAX, NOON, NOON);
        for (RolloutSight sight :
                List.of(waiting(EIGHT, good("canary-1")), waiting(EIGHT, refusing("canary-1")), waiting(EIGHT))) {
            assertThat(next(begun(), sight)).isEqualTo(begun());
            assertThat(course(sight).waitingFor(begun())).contains("The database does not answer");
        }
    }

    @Test
    void whoBeginsToLookInTheMiddleGivesAgentsTheTimeToComeBack() {
        policy = policy(canaries(gates(Duration.ZERO)), percentage(50, GATES));
        now = NOON.plus(Duration.ofHours(1));
        lookout = new Lookout(now, Instant.MIN, Instant.MIN);

        assertThat(next(begun(), waiting(EIGHT))).isEqualTo(begun());
        assertThat(next(begun(), waiting(EIGHT, good("canary-1")))).isEqualTo(begun());
        assertThat(next(begun(), waiting(EIGHT, late("canary-1")))).isEqualTo(begun());
        assertThat(next(begun(), waiting(EIGHT, refusing("canary-1"))).phase())
                .as("that is seen at once")
                .isEqualTo(Phase.RETURNED);

        now = now.plus(Duration.ofSeconds(30));
        assertThat(next(begun(), waiting(EIGHT, good("canary-1"))).step()).isEqualTo(1);
        assertThat(next(begun(), waiting(EIGHT, late("canary-1"))).phase())
                .as("the time while nobody looked does not count")
                .isEqualTo(Phase.PROGRESSING);
    }

    @Test
    void aCandidateOfWhichNothingIsLeftHoldsUpNothing() {
        policy = new RolloutPolicy(List.of(canaries(GATES)), OnFailure.RETURN, NewerChanges.WAIT);
        RolloutSight empty = new RolloutSight(NINE, true, true, false, List.of(late("canary-1")), Lookout.ALWAYS);

        assertThat(next(begun(), empty).candidate()).isEqualTo(NINE);
        assertThat(next(in(Phase.PAUSED), empty)).isEqualTo(in(Phase.PAUSED));
    }

    @Test
    void aStepThatIsPromotedByHandWaits() {
        policy = policy(
                new RolloutStep(0, canaries(GATES).selector(), gates(Duration.ZERO), Promotion.MANUAL),
                percentage(50, GATES));
        RolloutSight good = waiting(EIGHT, good("canary-1"));
        Rollout passed = next(begun(), good);
        now = NOON.plus(Duration.ofDays(3));

        assertThat(next(passed, good)).isSameAs(passed);
        assertThat(course(good).waitingFor(passed)).contains("somebody has to promote it");
        assertThat(order(RolloutOrder.PROMOTE, passed).step()).isEqualTo(1);
    }

    @Test
    void aNewerChangeBeginsAgainFromTheSameStableRevision() {
        Rollout second =
                new Rollout(INTERNET, SEVEN, EIGHT, Phase.PROGRESSING, 1, 5_000, NOON, NOON, "", "sallyport", 5);

        Rollout anew = next(second, behind(NINE));

        assertThat(anew.stable()).isEqualTo(SEVEN);
        assertThat(anew.candidate()).isEqualTo(NINE);
        assertThat(anew.step()).isZero();
        assertThat(anew.below()).isZero();
        assertThat(RolloutEvent.of(second, anew)).map(RolloutEvent::type).contains(RolloutEvent.Type.RESTARTED);
    }

    @Test
    void aNewerChangeWaitsWhereThePolicySaysSo() {
        policy = new RolloutPolicy(List.of(canaries(GATES)), OnFailure.RETURN, NewerChanges.WAIT);

        assertThat(next(begun(), behind(NINE))).isEqualTo(begun());
    }

    @Test
    void aNewerChangeRevivesWhatWasHaltedOrReturnedAndNotWhatAPersonPaused() {
        assertThat(next(in(Phase.RETURNED), behind(NINE)).candidate()).isEqualTo(NINE);
        assertThat(next(in(Phase.HALTED), behind(NINE)).candidate()).isEqualTo(NINE);
        assertThat(next(in(Phase.PAUSED), behind(NINE))).isEqualTo(in(Phase.PAUSED));
    }

    @Test
    void whatIsPausedHaltedOrReturnedStaysSo() {
        now = NOON.plus(Duration.ofDays(1));
        for (Phase phase : List.of(Phase.PAUSED, Phase.HALTED, Phase.RETURNED)) {
            assertThat(next(in(phase), waiting(EIGHT, good("canary-1")))).isEqualTo(in(phase));
        }
    }

    @Test
    void aChangeThatIsTakenBackByItsWriterSettlesWhatWasReturned() {
        Rollout next = next(in(Phase.RETURNED), nothingWaits(NINE));

        assertThat(next.phase()).isEqualTo(Phase.SETTLED);
        assertThat(next.stable()).isEqualTo(NINE);
        assertThat(RolloutEvent.of(in(Phase.RETURNED), next))
                .map(RolloutEvent::type)
                .contains(RolloutEvent.Type.SETTLED);
    }

    @Test
    void aPercentageIsOfTheAgentsThatAreThereAndAtLeastOne() {
        policy = policy(percentage(10, GATES), percentage(50, GATES));
        List<Seen> three =
                IntStream.range(0, 3).mapToObj(number -> late("edge-" + number)).toList();
        List<Seen> hundred = IntStream.range(0, 100)
                .mapToObj(number -> late("edge-" + number))
                .toList();

        assertThat(cohort(next(settled, waiting(EIGHT, three)), three)).hasSize(1);
        assertThat(cohort(next(settled, waiting(EIGHT, hundred)), hundred)).hasSizeBetween(10, 20);
    }

    @Test
    void whoIsInTheCohortStaysInItAtEveryLaterStep() {
        policy = policy(percentage(10, gates(Duration.ZERO)), canaries(gates(Duration.ZERO)), percentage(50, GATES));
        List<Seen> all = new ArrayList<>(IntStream.range(0, 30)
                .mapToObj(number -> good("edge-" + number))
                .toList());
        all.add(good("canary-1"));
        Rollout rollout = next(settled, waiting(EIGHT, all));
        List<Seen> before = cohort(rollout, all);

        for (int step = 1; step < 3; step++) {
            rollout = next(rollout, waiting(EIGHT, all));
            assertThat(rollout.step()).isEqualTo(step);
            assertThat(cohort(rollout, all)).containsAll(before);
            before = cohort(rollout, all);
        }
        assertThat(before).hasSizeGreaterThanOrEqualTo(15);
    }

    @Test
    void whatIsPausedGoesOnWhereItWas() {
        Rollout second = in(Phase.PROGRESSING);
        Rollout paused = order(RolloutOrder.PAUSE, second);
        now = NOON.plus(Duration.ofHours(2));
        Rollout resumed = order(RolloutOrder.RESUME, paused);

        assertThat(paused.phase()).isEqualTo(Phase.PAUSED);
        assertThat(paused.cohort(policy)).isEqualTo(second.cohort(policy));
        assertThat(paused.by()).isEqualTo("olga");
        assertThat(resumed.step()).isEqualTo(second.step());
        assertThat(resumed.below()).isGreaterThanOrEqualTo(second.below());
        assertThat(resumed.since()).isEqualTo(now);
        assertThat(RolloutEvent.of(paused, resumed)).map(RolloutEvent::type).contains(RolloutEvent.Type.RESUMED);
    }

    @Test
    void whatWasReturnedBeginsAtItsFirstStepWhenItIsResumed() {
        Rollout resumed = order(RolloutOrder.RESUME, in(Phase.RETURNED));

        assertThat(resumed.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(resumed.step()).isZero();
        assertThat(resumed.below()).isZero();
        assertThat(resumed.candidate()).isEqualTo(EIGHT);
    }

    @Test
    void promotedToAllItIsTheStableRevision() {
        for (Phase phase : List.of(Phase.PROGRESSING, Phase.PAUSED, Phase.HALTED, Phase.RETURNED)) {
            Rollout done = order(RolloutOrder.PROMOTE_TO_ALL, in(phase));
            assertThat(done.phase()).isEqualTo(Phase.SETTLED);
            assertThat(done.stable()).isEqualTo(EIGHT);
        }
    }

    @Test
    void abortedItIsTakenFromAll() {
        Rollout aborted = order(RolloutOrder.ABORT, in(Phase.PAUSED));

        assertThat(aborted.phase()).isEqualTo(Phase.RETURNED);
        assertThat(aborted.reason()).isEqualTo("It was aborted by olga: it is slow");
    }

    @Test
    void whatMakesNoSenseIsRefusedAndSaysWhatIsSo() {
        assertRefused(RolloutOrder.PAUSE, Phase.SETTLED, Phase.PAUSED, Phase.HALTED, Phase.RETURNED);
        assertRefused(RolloutOrder.RESUME, Phase.SETTLED, Phase.PROGRESSING);
        assertRefused(RolloutOrder.PROMOTE, Phase.SETTLED, Phase.RETURNED);
        assertRefused(RolloutOrder.PROMOTE_TO_ALL, Phase.SETTLED);
        assertRefused(RolloutOrder.ABORT, Phase.SETTLED, Phase.RETURNED);
    }

    private void assertRefused(RolloutOrder order, Phase... phases) {
        for (Phase phase : phases) {
            assertThatThrownBy(() -> order(order, in(phase)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("edge/internet is " + phase.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void percentagesThatDoNotGrowAreNoPolicy() {
        assertThatThrownBy(() -> policy(percentage(50, GATES), canaries(GATES), percentage(50, GATES)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Rollout begun() {
        return new Rollout(
                INTERNET,
                SEVEN,
                EIGHT,
                Phase.PROGRESSING,
                0,
                0,
                NOON,
                Instant.MAX,
                "Revision 8 begins.",
                "sallyport",
                2);
    }

    private static Rollout in(Phase phase) {
        return new Rollout(INTERNET, SEVEN, EIGHT, phase, 1, 5_000, NOON, Instant.MAX, "so it is", "sallyport", 4);
    }

    private Rollout next(Rollout rollout, RolloutSight sight) {
        return course(sight).next(rollout);
    }

    private Rollout order(RolloutOrder order, Rollout rollout) {
        return order.on(rollout, course(waiting(EIGHT)), now, "olga", "it is slow");
    }

    private RolloutCourse course(RolloutSight sight) {
        return new RolloutCourse(policy, sight, now, "sallyport");
    }

    private List<String> names(Rollout rollout, RolloutSight sight) {
        return course(sight).cohort(rollout).stream()
                .map(agent -> agent.member().name().nodeId())
                .toList();
    }

    private List<Seen> cohort(Rollout rollout, List<Seen> agents) {
        return course(waiting(EIGHT, agents)).cohort(rollout);
    }

    private RolloutSight waiting(Revision head, Seen... agents) {
        return waiting(head, List.of(agents));
    }

    private RolloutSight waiting(Revision head, List<Seen> agents) {
        return new RolloutSight(head, true, false, true, agents, lookout);
    }

    private static RolloutSight nothingWaits(Revision head, Seen... agents) {
        return new RolloutSight(head, false, false, false, List.of(agents), Lookout.ALWAYS);
    }

    private static RolloutSight behind(Revision head) {
        return new RolloutSight(head, true, true, true, List.of(late("canary-1")), Lookout.ALWAYS);
    }

    private static Seen good(String node) {
        return new Seen(member(node), true, "", "");
    }

    private static Seen late(String node) {
        return new Seen(member(node), false, "it has not answered", "");
    }

    private static Seen refusing(String node) {
        return new Seen(member(node), false, "it refused it", "bad cluster");
    }

    private static Member member(String node) {
        String track = node.startsWith("canary") ? "canary" : "main";
        return new Member(
                new AgentName(new ClientId("gateway-internet"), INTERNET, node), new TreeMap<>(Map.of("track", track)));
    }

    private static RolloutPolicy policy(RolloutStep... steps) {
        return new RolloutPolicy(List.of(steps), OnFailure.RETURN, NewerChanges.RESTART);
    }

    private static RolloutStep canaries(RolloutGates gates) {
        LabelSelector canaries = new LabelSelector(new TreeMap<>(Map.of("track", "canary")), List.of());
        return new RolloutStep(0, List.of(canaries), gates, Promotion.AUTOMATIC);
    }

    private static RolloutStep percentage(int percentage, RolloutGates gates) {
        return new RolloutStep(percentage, List.of(), gates, Promotion.AUTOMATIC);
    }

    private static RolloutGates gates(Duration soak) {
        return new RolloutGates(100, 0, soak, Duration.ofMinutes(10));
    }
}
