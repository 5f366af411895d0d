package io.sallyport.domain.rollout;

import io.sallyport.domain.rollout.Rollout.Phase;
import java.util.Optional;

/**
 * That a rollout moved.
 *
 * @param sequence grows with each event of any gateway; 0 before it is stored
 * @param rollout as it was then
 */
public record RolloutEvent(long sequence, Type type, Rollout rollout) {

    /** What happened. */
    public enum Type {
        /** A change begins at the first step. */
        STARTED,
        /** Something newer begins in its place. */
        RESTARTED,
        /** The next step began. */
        ADVANCED,
        PAUSED,
        RESUMED,
        HALTED,
        RETURNED,
        /** All agents are to run what the cohort ran. */
        COMPLETED,
        /** There is nothing left to roll out. */
        SETTLED
    }

    /** Nothing where it is no news to people. */
    public static Optional<RolloutEvent> of(Rollout before, Rollout after) {
        return type(before, after).map(type -> new RolloutEvent(0, type, after));
    }

    private static Optional<Type> type(Rollout before, Rollout after) {
        return switch (after.phase()) {
            case SETTLED -> settled(before, after);
            case PROGRESSING -> progressing(before, after);
            case PAUSED -> Optional.of(Type.PAUSED);
            case HALTED -> Optional.of(Type.HALTED);
            case RETURNED -> Optional.of(Type.RETURNED);
        };
    }

    private static Optional<Type> settled(Rollout before, Rollout after) {
        if (before.phase() == Phase.SETTLED) {
            return Optional.empty();
        }
        return Optional.of(after.stable().equals(before.candidate()) ? Type.COMPLETED : Type.SETTLED);
    }

    private static Optional<Type> progressing(Rollout before, Rollout after) {
        if (before.phase() == Phase.SETTLED) {
            return Optional.of(Type.STARTED);
        }
        if (!before.candidate().equals(after.candidate())) {
            return Optional.of(Type.RESTARTED);
        }
        if (after.step() > before.step()) {
            return Optional.of(Type.ADVANCED);
        }
        return before.phase() == Phase.PROGRESSING ? Optional.empty() : Optional.of(Type.RESUMED);
    }
}
