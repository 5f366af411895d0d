package io.sallyport.store;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Revision;
import io.sallyport.domain.rollout.Rollout;
import java.util.List;
import java.util.Map;

/**
 * What it takes to serve gateways whose changes are on their way, without the store.
 *
 * @param revision the newest that this was worked out for
 * @param rollouts by gateway
 * @param past the states that they name, as far as they are not newer than that revision
 */
public record RolloutsInHand(Revision revision, List<Rollout> rollouts, Map<Revision, DesiredState> past) {
    public RolloutsInHand {
        rollouts = List.copyOf(rollouts);
        past = Map.copyOf(past);
    }

    /** At a revision at which no gateway has any. */
    public static RolloutsInHand none(Revision revision) {
        return new RolloutsInHand(revision, List.of(), Map.of());
    }
}
