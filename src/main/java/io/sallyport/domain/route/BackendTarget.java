package io.sallyport.domain.route;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * A destination as the place that requests go to.
 *
 * @param subset of its endpoints; all of them where empty; at most one
 * @param port its number of it; where empty the one that was asked for if it has that, else its first that the listener
 *     can speak; at most one
 */
public record BackendTarget(ResourceName destination, List<Name> subset, List<PortNumber> port) {
    public BackendTarget {
        subset = List.copyOf(subset);
        port = List.copyOf(port);
        if (subset.size() > 1 || port.size() > 1) {
            throw new IllegalArgumentException("a backend has at most one subset and one port");
        }
    }
}
