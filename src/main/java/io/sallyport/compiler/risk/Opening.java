package io.sallyport.compiler.risk;

import io.sallyport.domain.Name;
import io.sallyport.domain.decision.FlowChange;
import java.util.Set;

/**
 * A flow that opens.
 *
 * @param isNew whether nobody could reach the host at that port through that gateway before
 * @param isCounted whether all who ask are declared workloads, so that it can be said how many they are
 * @param concerned whose business it is: of those who speak for its sources, of its destination, rule and gateway
 */
public record Opening(FlowChange flow, boolean isNew, boolean isCounted, Set<Name> concerned) {
    public Opening {
        concerned = Set.copyOf(concerned);
    }
}
