package io.sallyport.domain.snapshot;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * A service that policies have gateways ask about requests, as they name it, and where it is.
 *
 * @param port as it is named; at most one
 * @param host by which it is asked
 * @param upstream the name of an {@link Upstream} of the same snapshot
 */
public record PolicyService(ResourceName destination, List<PortNumber> port, String host, String upstream) {
    public PolicyService {
        port = List.copyOf(port);
    }
}
