package io.sallyport.domain.rule;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * An entry of {@code to}.
 *
 * @param ports numbers of the owning destination's ports; all of them where empty
 */
public record Target(ResourceName destination, List<PortNumber> ports) {
    public Target {
        ports = List.copyOf(ports);
    }

    public boolean includes(PortNumber port) {
        return ports.isEmpty() || ports.contains(port);
    }
}
