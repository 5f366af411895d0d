package io.sallyport.domain.rollout;

import io.sallyport.domain.rollout.Rollout.Phase;
import java.time.Instant;
import java.util.Locale;

/** What a person can have done with a rollout. */
public enum RolloutOrder {
    /** It stays where it is. */
    PAUSE("paused"),
    /** It goes on where it was; one that was returned begins at its first step. */
    RESUME("resumed"),
    /** The next step begins, whatever the gates of this one say. */
    PROMOTE("promoted"),
    /** All agents get it, whatever the gates say. */
    PROMOTE_TO_ALL("promoted to all agents"),
    /** It is taken from all agents. */
    ABORT("aborted");

    private final String done;

    RolloutOrder(String done) {
        this.done = done;
    }

    /** As it completes "It was ...". */
    public String done() {
        return done;
    }

    /** Throws IllegalStateException, whose message is for people, where it makes no sense now. */
    public Rollout on(Rollout rollout, RolloutCourse course, Instant now, String by, String reason) {
        if (!isPossible(rollout.phase())) {
            throw new IllegalStateException("The rollout of %s is %s, so it cannot be %s. %s"
                    .formatted(
                            rollout.gateway(),
                            rollout.phase().name().toLowerCase(Locale.ROOT),
                            done,
                            rollout.reason()));
        }
        String why = "It was %s by %s%s".formatted(done, by, reason.isEmpty() ? "." : ": " + reason);
        return switch (this) {
            case PAUSE -> rollout.with(Phase.PAUSED, now, why, by);
            case RESUME -> course.again(rollout, rollout.phase() == Phase.RETURNED ? 0 : rollout.step(), why);
            case PROMOTE -> course.forward(rollout, why);
            case PROMOTE_TO_ALL -> course.complete(rollout, why);
            case ABORT -> rollout.with(Phase.RETURNED, now, why, by);
        };
    }

    private boolean isPossible(Phase phase) {
        return switch (phase) {
            case SETTLED -> false;
            case PROGRESSING -> this != RESUME;
            case PAUSED, HALTED -> this != PAUSE;
            case RETURNED -> this == RESUME || this == PROMOTE_TO_ALL;
        };
    }
}
