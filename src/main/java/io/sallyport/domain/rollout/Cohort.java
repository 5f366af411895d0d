package io.sallyport.domain.rollout;

import io.sallyport.domain.LabelSelector;
import java.util.List;

/**
 * The agents that run a change before all others do: those below a place, and those with certain labels.
 *
 * @param below 0 for none, {@link Member#PLACES} for all
 */
public record Cohort(int below, List<LabelSelector> labelled) {
    public static final Cohort NOBODY = new Cohort(0, List.of());

    public Cohort {
        labelled = List.copyOf(labelled);
        if (below < 0 || below > Member.PLACES) {
            throw new IllegalArgumentException("a cohort begins at 0 and ends at " + Member.PLACES);
        }
    }

    public boolean includes(Member member) {
        return labelled.stream().anyMatch(selector -> selector.matches(member.labels())) || member.place() < below;
    }
}
