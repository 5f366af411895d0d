package io.sallyport.domain.rollout;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Where a gateway is with its changes. A value: whoever moves it writes the next version in place of this one.
 *
 * @param stable the revision whose content all agents run that have no part in a change that is on its way
 * @param candidate the revision whose content the cohort runs; the stable one where nothing is on its way
 * @param step which one it is at, from 0
 * @param below up to which place agents are in the cohort by percentage
 * @param since when it came to this phase and step
 * @param metSince since when the gates are passed but for the soak time; {@link Instant#MAX} where they are not
 * @param reason why it is so, for people
 * @param by who made it so: a person, or the system
 * @param version 1 for the first; one more each time
 */
public record Rollout(
        ResourceName gateway,
        Revision stable,
        Revision candidate,
        Phase phase,
        int step,
        int below,
        Instant since,
        Instant metSince,
        String reason,
        String by,
        long version) {
    private static final int LONGEST_REASON = 1_000;

    public Rollout {
        reason = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }

    /** How it goes. */
    public enum Phase {
        /** Nothing is on its way. */
        SETTLED,
        PROGRESSING,
        /** Somebody stopped it for a while. */
        PAUSED,
        /** A gate was not passed: it stays where it is until somebody decides, or something newer comes. */
        HALTED,
        /** The change was taken from all agents; it comes again with something newer, or when somebody says so. */
        RETURNED
    }

    /** Of a gateway that gets its first policy: what it has is what it is to have. */
    public static Rollout first(ResourceName gateway, Revision now, Instant at, String by) {
        return new Rollout(
                gateway,
                now,
                now,
                Phase.SETTLED,
                0,
                0,
                at,
                Instant.MAX,
                "The gateway has got a rollout policy.",
                by,
                1);
    }

    /** Names where it is: another text as soon as something else is on its way, or it is at another step or in another phase. */
    public String place() {
        return "%s.%d.%s".formatted(candidate, step, phase.name().toLowerCase(Locale.ROOT));
    }

    public boolean isUnderWay() {
        return phase == Phase.PROGRESSING || phase == Phase.PAUSED || phase == Phase.HALTED;
    }

    /** Who runs the candidate. */
    public Cohort cohort(RolloutPolicy policy) {
        if (!isUnderWay()) {
            return Cohort.NOBODY;
        }
        List<RolloutStep> steps = policy.steps();
        return new Cohort(
                below,
                steps.subList(0, Math.min(step + 1, steps.size())).stream()
                        .flatMap(one -> one.selector().stream())
                        .toList());
    }

    /** Its policy was taken away at that revision, so that all agents have the newest from then on. */
    public Rollout ended(Revision revision, Instant at, String who) {
        return settled(revision, at, "The rollout policy was taken away: all agents get the newest.", who);
    }

    Rollout settled(Revision revision, Instant at, String why, String who) {
        return new Rollout(gateway, revision, revision, Phase.SETTLED, 0, 0, at, Instant.MAX, why, who, version + 1);
    }

    Rollout at(int newStep, int newBelow, Revision newCandidate, Instant at, String why, String who) {
        return new Rollout(
                gateway,
                stable,
                newCandidate,
                Phase.PROGRESSING,
                newStep,
                newBelow,
                at,
                Instant.MAX,
                why,
                who,
                version + 1);
    }

    Rollout with(Phase newPhase, Instant at, String why, String who) {
        return new Rollout(gateway, stable, candidate, newPhase, step, below, at, Instant.MAX, why, who, version + 1);
    }

    Rollout metSince(Instant at) {
        return new Rollout(gateway, stable, candidate, phase, step, below, since, at, reason, by, version + 1);
    }
}
