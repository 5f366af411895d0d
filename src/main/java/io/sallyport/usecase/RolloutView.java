package io.sallyport.usecase;

import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutEvent;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.domain.rollout.RolloutSight.Seen;
import java.util.Collection;
import java.util.List;

/**
 * Where a gateway is with its changes.
 *
 * @param waitingFor what keeps the step from being passed; empty where nothing does
 * @param waiting the objects that not all agents are to run yet, as far as the caller may read them
 * @param cohort the agents that run the candidate, or are to
 * @param agents how many the gateway has
 * @param events the last ones, oldest first
 */
public record RolloutView(
        RolloutPolicy policy,
        Rollout rollout,
        String waitingFor,
        List<ResourceKey> waiting,
        List<Seen> cohort,
        int agents,
        List<RolloutEvent> events) {
    public RolloutView(
            RolloutPolicy policy,
            Rollout rollout,
            String waitingFor,
            Collection<ResourceKey> waiting,
            List<Seen> cohort,
            int agents,
            List<RolloutEvent> events) {
        this(
                policy,
                rollout,
                waitingFor,
                waiting.stream().sorted().toList(),
                List.copyOf(cohort),
                agents,
                List.copyOf(events));
    }
}
