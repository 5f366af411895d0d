package io.sallyport.domain.decision;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import java.time.Instant;
import java.util.List;

/**
 * Requests that one state of things lets pass and another does not.
 *
 * @param host all that it covers, but for what a narrower host of the listener covers
 * @param destination whose host it is, in the later state if it has one there
 * @param opens whether they pass in the later state
 * @param before what decides in the earlier state, as logs name it
 * @param after what decides in the later one
 * @param since from when on it is so, where that is not at once; at most one
 */
public record FlowChange(
        ResourceName gateway,
        Name listener,
        HostPattern host,
        ResourceName destination,
        PortNumber port,
        SourcePart source,
        boolean opens,
        String before,
        String after,
        List<Instant> since) {
    public FlowChange {
        since = List.copyOf(since);
    }
}
