package io.sallyport.domain.snapshot;

import io.sallyport.domain.network.Cidr;
import java.util.List;

/**
 * Everyone that one {@code from} entry means, by the addresses they come from.
 *
 * @param id a short hash of what the entry says, so it stays when workloads move
 * @param ranges sorted, without one inside another; nobody where empty
 */
public record SourceClass(String id, List<Cidr> ranges) {
    public SourceClass {
        ranges = List.copyOf(ranges);
    }
}
