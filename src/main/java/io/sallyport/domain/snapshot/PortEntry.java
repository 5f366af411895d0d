package io.sallyport.domain.snapshot;

import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * A port of a host: where it leads, and the rules that decide, the first match first.
 *
 * @param upstream the name of an {@link Upstream} of the same snapshot
 */
public record PortEntry(PortNumber number, String upstream, List<CompiledRule> rules) {
    public PortEntry {
        rules = List.copyOf(rules);
    }

    /** The same without its rules. */
    public PortEntry place() {
        return new PortEntry(number, upstream, List.of());
    }
}
