package io.sallyport.domain.snapshot;

import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.ResourceName;
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
 * @param enforceability where less than all can be enforced of what policies ask, what is allowed by a rule or by default
 *     is refused there as {@code sallyport/unenforceable}
 */
public record PortEntry(
        PortNumber number,
        String upstream,
        List<CompiledRule> rules,
        List<CompiledRule> shadows,
        List<String> routes,
        Enforceability enforceability) {
    /** What refuses where an allowed request cannot be held to its policies. */
    public static final ResourceName UNENFORCEABLE = ResourceName.parse("sallyport/unenforceable");

    public PortEntry {
        rules = List.copyOf(rules);
        shadows = List.copyOf(shadows);
        routes = List.copyOf(routes);
    }

    /** With nothing but rules between a source and the upstream. */
    public PortEntry(PortNumber number, String upstream, List<CompiledRule> rules, List<CompiledRule> shadows) {
        this(number, upstream, rules, shadows, List.of(), Enforceability.WHOLLY);
    }

    /** The rules as they decide, on all that is not a tunnel of CONNECT. */
    public List<CompiledRule> decidingRules() {
        return enforceability == Enforceability.NOWHERE ? rulesWithoutAllow() : rules;
    }

    /** The rules where nothing can be allowed, since policies cannot be enforced. */
    public List<CompiledRule> rulesWithoutAllow() {
        return rules.stream().map(PortEntry::refusing).toList();
    }

    /** The same with nobody let through, as where nothing can be held to its policies. */
    public PortEntry shut() {
        return new PortEntry(number, upstream, rules, shadows, routes, Enforceability.NOWHERE);
    }

    /** The same, where whom a rule allows is refused as where he cannot be held to policies. */
    public PortEntry withoutAllowing(ResourceName rule) {
        List<CompiledRule> fewer = rules.stream()
                .map(one -> one.name().equals(rule) ? refusing(one) : one)
                .toList();
        return new PortEntry(number, upstream, fewer, shadows, routes, enforceability);
    }

    private static CompiledRule refusing(CompiledRule rule) {
        return rule.action() == Action.DENY
                ? rule
                : new CompiledRule(UNENFORCEABLE, Action.DENY, rule.sources(), rule.validity());
    }

    /** The same where everything goes to the upstream. */
    public PortEntry withoutRoutes() {
        return new PortEntry(number, upstream, rules, shadows, List.of(), enforceability);
    }

    /** The same without its rules. */
    public PortEntry place() {
        return new PortEntry(number, upstream, List.of(), List.of(), routes, Enforceability.WHOLLY);
    }
}
