package io.sallyport.domain.approval;

import io.sallyport.domain.ResourceName;
import java.util.List;

/**
 * Approvals that something was done without, and that are still to come.
 *
 * @param policy that asks for them; none where it is not to be named; at most one
 * @param risks in words
 * @param required how many there must be, with those that there were
 */
public record Owed(List<ResourceName> policy, List<String> risks, int required, Approvers by) {
    public Owed {
        policy = List.copyOf(policy);
        risks = List.copyOf(risks);
    }

    public static Owed of(Demand demand) {
        return new Owed(
                List.of(demand.policy()),
                demand.risks().stream().map(Risk::message).toList(),
                demand.required(),
                demand.by());
    }
}
