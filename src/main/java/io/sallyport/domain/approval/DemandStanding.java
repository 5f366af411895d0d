package io.sallyport.domain.approval;

import java.util.List;

/**
 * How far a demand is met.
 *
 * @param given approvals that count for it now
 * @param rejected who says it is not to be done
 * @param isForeign whether the policy is of a namespace that the reader may not read, and not to be named to him
 */
public record DemandStanding(Demand demand, List<Approval> given, List<Approval> rejected, boolean isForeign) {
    public DemandStanding {
        given = List.copyOf(given);
        rejected = List.copyOf(rejected);
    }

    public boolean isMet() {
        return rejected.isEmpty() && given.size() >= demand.required();
    }
}
