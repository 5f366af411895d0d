package io.sallyport.domain.guardrail;

import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * Where flows lead that a guardrail speaks of: every part that is there must hold, and within a part any of its values
 * does.
 *
 * @param hosts that are asked for, ranges of addresses among them
 * @param destination that owns the host; at most one of this and {@code selector}
 * @param selector over the labels of the destination that owns the host; at most one
 * @param ports numbers of the owning destination's ports
 */
public record FlowTarget(
        List<HostPattern> hosts, List<ResourceName> destination, List<LabelSelector> selector, List<PortNumber> ports) {
    public FlowTarget {
        hosts = List.copyOf(hosts);
        destination = List.copyOf(destination);
        selector = List.copyOf(selector);
        ports = List.copyOf(ports);
        if (destination.size() + selector.size() > 1) {
            throw new IllegalArgumentException("an entry has at most one of destinationRef and destinationSelector");
        }
        if (hosts.isEmpty() && destination.isEmpty() && selector.isEmpty() && ports.isEmpty()) {
            throw new IllegalArgumentException("an empty entry is refused: everywhere is written as hosts: [\"*\"]");
        }
    }
}
