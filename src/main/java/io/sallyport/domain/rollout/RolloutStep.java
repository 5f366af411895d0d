package io.sallyport.domain.rollout;

import io.sallyport.domain.LabelSelector;
import java.util.List;

/**
 * One more part of a gateway's agents that gets a change, and what must be seen of it before the next does. Who is in the
 * cohort of a step is in that of every later one.
 *
 * @param percentage of all agents, 0 to 100; 0 where the cohort is chosen by labels
 * @param selector over what agents say of themselves; at most one, and none beside a percentage
 */
public record RolloutStep(int percentage, List<LabelSelector> selector, RolloutGates gates, Promotion promotion) {
    public RolloutStep {
        selector = List.copyOf(selector);
        if (percentage < 0 || percentage > 100 || selector.size() > 1 || (percentage == 0) == selector.isEmpty()) {
            throw new IllegalArgumentException("a cohort is a percentage of 1 to 100, or a selector");
        }
    }

    /** How it goes on once the gates are passed. */
    public enum Promotion {
        AUTOMATIC,
        /** Somebody says so. */
        MANUAL
    }
}
