package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.snapshot.CompiledRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of one host and port as a matcher: the first that matches decides. */
final class RuleList {
    private final Conditions conditions;

    RuleList(Conditions conditions) {
        this.conditions = conditions;
    }

    /** How a listener tells who a source is and what time it is. */
    interface Conditions {
        /** Whether the source is in any of the classes, at least one. */
        Predicate isOneOf(List<String> classes);

        /** Whether a rule that allows holds now; where that cannot be told, it does not match. */
        Predicate holds(Validity validity);

        /** Whether a rule that denies holds now; where that cannot be told, it matches. */
        Predicate holdsUnlessKnownNotTo(Validity validity);
    }

    Matcher.OnMatch onMatch(List<CompiledRule> rules, Decision otherwise) {
        List<FieldMatcher> matchers = matchers(rules);
        return matchers.isEmpty() ? otherwise.onMatch() : onMatch(list(matchers).setOnNoMatch(otherwise.onMatch()));
    }

    /** Where none matches, nothing is said; empty where none can. */
    Optional<Matcher.OnMatch> onMatch(List<CompiledRule> rules) {
        return Optional.of(matchers(rules))
                .filter(matchers -> !matchers.isEmpty())
                .map(matchers -> onMatch(list(matchers)));
    }

    private List<FieldMatcher> matchers(List<CompiledRule> rules) {
        return rules.stream()
                .filter(rule -> !rule.sources().isEmpty())
                .map(this::fieldMatcher)
                .toList();
    }

    private static Matcher.Builder list(List<FieldMatcher> matchers) {
        return Matcher.newBuilder().setMatcherList(MatcherList.newBuilder().addAllMatchers(matchers));
    }

    private static Matcher.OnMatch onMatch(Matcher.Builder matcher) {
        return Matcher.OnMatch.newBuilder().setMatcher(matcher).build();
    }

    private FieldMatcher fieldMatcher(CompiledRule rule) {
        return FieldMatcher.newBuilder()
                .setPredicate(predicate(rule))
                .setOnMatch(decision(rule).onMatch())
                .build();
    }

    // The time comes last: it is the only clause that is dear to evaluate.
    private Predicate predicate(CompiledRule rule) {
        List<Predicate> clauses = new ArrayList<>();
        clauses.add(conditions.isOneOf(rule.sources()));
        if (TimeExpression.isNeededFor(rule.validity())) {
            clauses.add(time(rule));
        }
        return Predicates.and(clauses);
    }

    private Predicate time(CompiledRule rule) {
        return switch (rule.action()) {
            case ALLOW -> conditions.holds(rule.validity());
            case DENY -> conditions.holdsUnlessKnownNotTo(rule.validity());
        };
    }

    private static Decision decision(CompiledRule rule) {
        RBAC.Action action = switch (rule.action()) {
            case ALLOW -> RBAC.Action.ALLOW;
            case DENY -> RBAC.Action.DENY;
        };
        return new Decision(rule.name().toString(), action);
    }
}
