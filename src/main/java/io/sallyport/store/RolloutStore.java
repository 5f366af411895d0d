package io.sallyport.store;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.RolloutEvent;
import java.util.List;

/**
 * Where gateways are with their changes, and how they came there. Methods may throw {@link
 * io.sallyport.domain.FailureException} with {@code Unavailable}; nothing is written then.
 */
public interface RolloutStore {

    /** All of them, by gateway. */
    List<Rollout> all();

    /**
     * Writes it in place of the version before, with what is to be told of it, or not at all.
     *
     * @return false where the version before is not the one that is stored; a first version is to find none
     */
    boolean replace(Rollout rollout, List<RolloutEvent> events, List<AuditEntry> audit);

    /** Takes away what is known of a gateway but for its events; does nothing where another version is stored. */
    void forget(Rollout rollout);

    /** Those of a gateway after a place, oldest first, {@code limit} at most. */
    List<RolloutEvent> eventsAfter(ResourceName gateway, long sequence, int limit);

    /** The last ones of a gateway, oldest first, {@code limit} at most. */
    List<RolloutEvent> lastEvents(ResourceName gateway, int limit);
}
