package io.sallyport.domain.snapshot;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import java.util.List;

/**
 * A host that a listener knows, and who owns it.
 *
 * @param bucket the part of the rules that its own travel in, from 0
 * @param ports those of the owner that the listener speaks, in the owner's order; a request that names no port means
 *     the first, at a CONNECT listener the first that HTTP can reach. Any other port is refused by default, or leads
 *     nowhere under a default of allow.
 * @param policy the id of an {@link EffectivePolicy} of the same snapshot; that of the listener where empty
 */
public record HostEntry(HostPattern host, ResourceName destination, int bucket, List<PortEntry> ports, String policy) {
    public HostEntry {
        ports = List.copyOf(ports);
    }

    /** What narrower hosts find there, as an entry of their own. */
    public HostEntry narrowedTo(HostPattern narrower) {
        return new HostEntry(narrower, destination, bucket, ports, policy);
    }

    /** The same with this in place of what stands at that port. */
    public HostEntry with(PortEntry port) {
        return new HostEntry(
                host,
                destination,
                bucket,
                ports.stream()
                        .map(one -> one.number().equals(port.number()) ? port : one)
                        .toList(),
                policy);
    }

    /** The same where everything goes to the owner. */
    public HostEntry withoutRoutes() {
        return new HostEntry(
                host,
                destination,
                bucket,
                ports.stream().map(PortEntry::withoutRoutes).toList(),
                policy);
    }

    /** The same without its rules: where the host leads, whoever may go there. */
    public HostEntry place() {
        return new HostEntry(
                host, destination, bucket, ports.stream().map(PortEntry::place).toList(), policy);
    }
}
