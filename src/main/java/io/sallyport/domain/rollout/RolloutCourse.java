package io.sallyport.domain.rollout;

import io.sallyport.domain.rollout.Rollout.Phase;
import io.sallyport.domain.rollout.RolloutPolicy.NewerChanges;
import io.sallyport.domain.rollout.RolloutPolicy.OnFailure;
import io.sallyport.domain.rollout.RolloutSight.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a rollout goes on by itself. Each answer is the rollout as it was where nothing is to be done. Pure. */
public final class RolloutCourse {
    /** What a rollout waits for while the store is away. */
    public static final String STORE_AWAY =
            "The database does not answer this replica, or it has only just begun: nothing moves on until it does.";

    private static final int MOST_NAMED = 3;
    // Agents take so long at most to be back after all replicas, or the store, were away.
    private static final Duration RETURN = Duration.ofSeconds(30);

    private final RolloutPolicy policy;
    private final RolloutSight sight;
    private final Instant now;
    private final String by;

    /** {@code by} is who is told to have done it. */
    public RolloutCourse(RolloutPolicy policy, RolloutSight sight, Instant now, String by) {
        this.policy = policy;
        this.sight = sight;
        this.now = now;
        this.by = by;
    }

    public Rollout next(Rollout rollout) {
        if (isBlind()) {
            return rollout;
        }
        if (!sight.waits()) {
            return withNothingToWaitFor(rollout);
        }
        if (beginsAnew(rollout)) {
            return begun(rollout);
        }
        return rollout.phase() == Phase.PROGRESSING ? progressed(rollout) : rollout;
    }

    private Rollout withNothingToWaitFor(Rollout rollout) {
        boolean isSettledHere =
                rollout.phase() == Phase.SETTLED && rollout.stable().equals(sight.head());
        return isSettledHere
                ? rollout
                : rollout.settled(
                        sight.head(), now, "Nothing that is wanted waits: all agents are to run the newest.", by);
    }

    // Who was stopped by a person waits for one.
    private boolean beginsAnew(Rollout rollout) {
        return switch (rollout.phase()) {
            case SETTLED -> true;
            case PROGRESSING -> sight.isBehind() && (policy.newerChanges() == NewerChanges.RESTART || !sight.carries());
            case HALTED, RETURNED -> sight.isBehind();
            case PAUSED -> false;
        };
    }

    private Rollout begun(Rollout rollout) {
        String why = rollout.phase() == Phase.SETTLED
                ? "Revision %s begins.".formatted(sight.head())
                : "Revision %s begins in place of revision %s.".formatted(sight.head(), rollout.candidate());
        return rollout.at(0, below(0, 0), sight.head(), now, why, by);
    }

    private Rollout progressed(Rollout rollout) {
        List<Seen> cohort = cohort(rollout);
        List<Seen> refusing =
                cohort.stream().filter(agent -> !agent.refusal().isEmpty()).toList();
        RolloutGates gates = step(rollout).gates();
        if (refusing.size() > gates.maxRejected()) {
            return failed(rollout, refused(refusing));
        }
        if (!isSeen(rollout)) {
            return rollout;
        }
        if (!isMet(rollout, cohort)) {
            return unmet(rollout, cohort);
        }
        if (rollout.metSince().equals(Instant.MAX)) {
            return gates.soak().isZero() && isAutomatic(rollout)
                    ? forward(rollout, passed(rollout))
                    : rollout.metSince(now);
        }
        boolean isSoaked = !now.isBefore(rollout.metSince().plus(gates.soak()));
        return isSoaked && isAutomatic(rollout) ? forward(rollout, passed(rollout)) : rollout;
    }

    private Rollout unmet(Rollout rollout, List<Seen> cohort) {
        if (!now.isBefore(latest(rollout))) {
            return failed(
                    rollout,
                    "The gates of step %d were not passed in time: %s"
                            .formatted(rollout.step() + 1, waiting(rollout, cohort)));
        }
        return rollout.metSince().equals(Instant.MAX) ? rollout : rollout.metSince(Instant.MAX);
    }

    // While nobody could see it no time passes. What was passed, and is no more, may be passed again: an agent
    // restarts,
    // or comes to another replica.
    private Instant latest(Rollout rollout) {
        Instant began = later(rollout.since(), sight.lookout().since());
        return later(began, sight.lookout().lastMet())
                .plus(step(rollout).gates().timeout());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    // Whoever begins to look, or was cut off, does not know yet who was there before.
    private boolean isSeen(Rollout rollout) {
        Instant since = sight.lookout().since();
        return !rollout.since().isBefore(since) || !now.isBefore(since.plus(RETURN));
    }

    /** Whether its step has all that its gates ask, but for the soak time. */
    public boolean isPassed(Rollout rollout) {
        return rollout.phase() == Phase.PROGRESSING && isMet(rollout, cohort(rollout));
    }

    /** What keeps the step from being passed, for people; empty where nothing does. */
    public String waitingFor(Rollout rollout) {
        if (isBlind()) {
            return STORE_AWAY;
        }
        if (rollout.phase() != Phase.PROGRESSING) {
            return "";
        }
        RolloutGates gates = step(rollout).gates();
        List<Seen> cohort = cohort(rollout);
        if (!isMet(rollout, cohort)) {
            return waiting(rollout, cohort);
        }
        if (!isSeen(rollout)) {
            return "This replica began to look at %s, and gives all agents the time to come back until %s."
                    .formatted(sight.lookout().since(), sight.lookout().since().plus(RETURN));
        }
        boolean isSoaked = gates.soak().isZero()
                || (!rollout.metSince().equals(Instant.MAX)
                        && !now.isBefore(rollout.metSince().plus(gates.soak())));
        if (!isSoaked) {
            return "The gates are passed, and have to stay so for %s."
                    .formatted(gates.soak().toString().substring(2).toLowerCase(Locale.ROOT));
        }
        return isAutomatic(rollout) ? "" : "The gates are passed; somebody has to promote it.";
    }

    private boolean isBlind() {
        return sight.lookout().isBlind();
    }

    /** How many the gateway has, those that were lost lately among them. */
    public int agents() {
        return sight.agents().size();
    }

    /** The agents that run the candidate, or are to. */
    public List<Seen> cohort(Rollout rollout) {
        Cohort cohort = rollout.cohort(policy);
        return sight.agents().stream()
                .filter(agent -> cohort.includes(agent.member()))
                .toList();
    }

    private RolloutStep step(Rollout rollout) {
        return policy.steps().get(Math.min(rollout.step(), policy.steps().size() - 1));
    }

    private boolean isAutomatic(Rollout rollout) {
        return step(rollout).promotion() == RolloutStep.Promotion.AUTOMATIC;
    }

    // A gateway without agents holds up nobody; a cohort without any proves nothing, nor does one that lost all of
    // them.
    private boolean isMet(Rollout rollout, List<Seen> cohort) {
        if (sight.agents().isEmpty()) {
            return !hasLostAll(rollout);
        }
        long effective = cohort.stream().filter(Seen::isEffective).count();
        int wanted = step(rollout).gates().effectivePercentage();
        return !cohort.isEmpty() && effective * 100 >= (long) cohort.size() * wanted;
    }

    private boolean hasLostAll(Rollout rollout) {
        return sight.agents().isEmpty() && !sight.lookout().lastAgent().isBefore(rollout.since());
    }

    private String waiting(Rollout rollout, List<Seen> cohort) {
        if (hasLostAll(rollout)) {
            return "no agent of the gateway is there any more.";
        }
        if (cohort.isEmpty()) {
            return "no agent of the gateway is in the cohort.";
        }
        RolloutGates gates = step(rollout).gates();
        List<Seen> late = cohort.stream().filter(agent -> !agent.isEffective()).toList();
        return "it is in effect at %d of %d agents of the cohort, and has to be at %d%%. %s"
                .formatted(cohort.size() - late.size(), cohort.size(), gates.effectivePercentage(), named(late, false));
    }

    private static String refused(List<Seen> refusing) {
        String many = refusing.size() == 1
                ? "An agent of the cohort refuses it."
                : "%d agents of the cohort refuse it.".formatted(refusing.size());
        return many + " " + named(refusing, true);
    }

    private static String named(List<Seen> agents, boolean refusing) {
        return agents.stream()
                .limit(MOST_NAMED)
                .map(agent ->
                        sentence(agent.member().name().nodeId() + ": " + (refusing ? agent.refusal() : agent.why())))
                .collect(Collectors.joining(" "));
    }

    private static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }

    private String passed(Rollout rollout) {
        return sight.agents().isEmpty()
                ? "The gateway has no agents, so there was nothing to be seen of step %d.".formatted(rollout.step() + 1)
                : "The gates of step %d are passed.".formatted(rollout.step() + 1);
    }

    private Rollout failed(Rollout rollout, String why) {
        Phase phase = policy.onFailure() == OnFailure.RETURN ? Phase.RETURNED : Phase.HALTED;
        return rollout.with(phase, now, why, by);
    }

    /** To the next step, or to all after the last. */
    Rollout forward(Rollout rollout, String why) {
        int next = rollout.step() + 1;
        return next < policy.steps().size()
                ? rollout.at(next, below(next, rollout.below()), rollout.candidate(), now, why, by)
                : complete(rollout, why);
    }

    Rollout complete(Rollout rollout, String why) {
        return rollout.settled(rollout.candidate(), now, sentence(why) + " It is with all agents.", by);
    }

    Rollout again(Rollout rollout, int step, String why) {
        return rollout.at(step, below(step, step == 0 ? 0 : rollout.below()), rollout.candidate(), now, why, by);
    }

    /** So that at least the percentage of those that are there are in, and whoever was in stays in. */
    private int below(int step, int before) {
        int percentage = policy.steps().subList(0, step + 1).stream()
                .mapToInt(RolloutStep::percentage)
                .max()
                .orElse(0);
        int least = percentage * Member.PLACES / 100;
        List<Integer> places = sight.agents().stream()
                .map(agent -> agent.member().place())
                .sorted()
                .toList();
        int wanted = (places.size() * percentage + 99) / 100;
        int reached = wanted == 0 ? 0 : places.get(wanted - 1) + 1;
        return Math.max(before, Math.max(least, reached));
    }
}
