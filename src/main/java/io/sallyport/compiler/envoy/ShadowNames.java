package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.sallyport.domain.snapshot.CompiledRule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules that never decide and that matched, the first first: all of them are named, for each is counted by itself. What is
 * said to be done is what the first would do.
 */
record ShadowNames(List<CompiledRule> matched) {
    static final ShadowNames NONE = new ShadowNames(List.of());

    /** Between the names of two rules, which have no such sign. */
    static final String SEPARATOR = " ";

    ShadowNames {
        matched = List.copyOf(matched);
    }

    ShadowNames and(CompiledRule rule) {
        return new ShadowNames(Stream.concat(matched.stream(), Stream.of(rule)).toList());
    }

    /** What an access control filter writes down; at least one has matched. */
    Decision decision() {
        RBAC.Action action = RuleList.action(matched.getFirst());
        return new Decision(
                matched.stream().map(rule -> rule.name().toString()).collect(Collectors.joining(SEPARATOR)), action);
    }
}
