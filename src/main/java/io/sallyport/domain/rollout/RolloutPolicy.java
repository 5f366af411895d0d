package io.sallyport.domain.rollout;

import java.util.List;

/**
 * How a change comes to the agents of a gateway: to more of them at each step, and to all after the last. What takes
 * something away comes to all at once.
 *
 * @param steps 1 to 20; their percentages grow
 */
public record RolloutPolicy(List<RolloutStep> steps, OnFailure onFailure, NewerChanges newerChanges) {
    public static final int MOST_STEPS = 20;

    public RolloutPolicy {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException("a rollout has 1 to 20 steps");
        }
        int reached = 0;
        for (RolloutStep step : steps) {
            if (step.percentage() > 0 && step.percentage() <= reached) {
                throw new IllegalArgumentException("the percentages of a rollout grow from step to step");
            }
            reached = Math.max(reached, step.percentage());
        }
    }

    /** What becomes of a change that does not pass its gates. */
    public enum OnFailure {
        /** All agents go back to what they ran before, less what was taken away since. */
        RETURN,
        /** Those that have it keep it, and nobody else gets it, until somebody decides. */
        HALT
    }

    /** What becomes of changes that come while one is on its way. */
    public enum NewerChanges {
        /** All of them together begin again at the first step. */
        RESTART,
        /** They wait until that one is through. */
        WAIT
    }
}
