package io.sallyport.domain.snapshot;

import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * A port of a host: where it leads, and the rules that decide, the first match first.
 *
 * @param upstream the name of an {@link Upstream} of the same snapshot
 * @param shadows rules that never decide, in the order in which they would be tried among the others
 */
public record PortEntry(PortNumber number, String upstream, List<CompiledRule> rules, List<CompiledRule> shadows) {
    public PortEntry {
        rules = List.copyOf(rules);
        shadows = List.copyOf(shadows);
    }

    /** The same without its rules. */
    public PortEntry place() {
        return new PortEntry(number, upstream, List.of(), List.of());
    }
}
