package io.sallyport.domain.approval;

import io.sallyport.domain.ResourceName;
import java.time.Duration;
import java.util.List;

/**
 * What an approval policy asks for a change, as it was before the change.
 *
 * @param risks at least one
 * @param emergency the way past it; at most one, none where it cannot be taken back
 */
public record Demand(
        ResourceName policy,
        List<Risk> risks,
        int required,
        Approvers by,
        Duration validFor,
        List<Emergency> emergency) {
    public Demand {
        risks = List.copyOf(risks);
        emergency = List.copyOf(emergency);
    }
}
