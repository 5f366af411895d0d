package io.sallyport.domain.snapshot;

import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * A port of a host: where it leads, and the rules that decide, the first match first.
 *
 * @param upstream the name of an {@link Upstream} of the same snapshot
 * @param shadows rules that never decide, in the order in which they would be tried among the others
 * @param routes ids of {@link CompiledRoute}s of the same snapshot, the first that matches counts; what none of them
 *     matches has no way on (404). Where empty, everything goes to the upstream. Where the port is passed on unread, at
 *     most one.
 */
public record PortEntry(
        PortNumber number, String upstream, List<CompiledRule> rules, List<CompiledRule> shadows, List<String> routes) {
    public PortEntry {
        rules = List.copyOf(rules);
        shadows = List.copyOf(shadows);
        routes = List.copyOf(routes);
    }

    /** With nothing but rules between a source and the upstream. */
    public PortEntry(PortNumber number, String upstream, List<CompiledRule> rules, List<CompiledRule> shadows) {
        this(number, upstream, rules, shadows, List.of());
    }

    /** The same without its rules. */
    public PortEntry place() {
        return new PortEntry(number, upstream, List.of(), List.of(), routes);
    }
}
