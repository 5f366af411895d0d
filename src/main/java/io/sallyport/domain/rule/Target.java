package io.sallyport.domain.rule;

import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * An entry of {@code to}: one destination, or a selector over the labels of all that the rule's namespace may use.
 *
 * @param destination at most one; exactly one of this and {@code selector}
 * @param selector at most one
 * @param ports numbers of the owning destination's ports; all of them where empty
 */
public record Target(List<ResourceName> destination, List<LabelSelector> selector, List<PortNumber> ports) {
    public Target {
        destination = List.copyOf(destination);
        selector = List.copyOf(selector);
        ports = List.copyOf(ports);
        if (destination.size() + selector.size() != 1) {
            throw new IllegalArgumentException("an entry is one of destinationRef and destinationSelector");
        }
    }

    public static Target of(ResourceName destination, List<PortNumber> ports) {
        return new Target(List.of(destination), List.of(), ports);
    }

    public static Target selecting(LabelSelector selector, List<PortNumber> ports) {
        return new Target(List.of(), List.of(selector), ports);
    }

    public boolean includes(PortNumber port) {
        return ports.isEmpty() || ports.contains(port);
    }
}
