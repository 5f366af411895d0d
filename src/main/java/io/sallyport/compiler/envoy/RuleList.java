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
import java.util.function.Function;

/** The rules of one host and port as a matcher: the first that matches decides. */
final class RuleList {
    // Twice as much for each; more would fill tables with what few will ever look at.
    private static final int MOST_APART = 4;

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
        return onMatch(rules, otherwise, Decision::onMatch);
    }

    /** The same where a decision may have to be looked at again. */
    Matcher.OnMatch onMatch(
            List<CompiledRule> rules, Decision otherwise, Function<Decision, Matcher.OnMatch> consequence) {
        List<FieldMatcher> matchers = rules.stream()
                .filter(rule -> !rule.sources().isEmpty())
                .map(rule -> fieldMatcher(rule, consequence))
                .toList();
        return matchers.isEmpty()
                ? consequence.apply(otherwise)
                : onMatch(list(matchers).setOnNoMatch(consequence.apply(otherwise)));
    }

    /**
     * All of these that match are named, up to four; of the rest of a longer list the first that does. Where none matches,
     * nothing is said; empty where none can.
     */
    Optional<Matcher.OnMatch> naming(List<CompiledRule> shadows) {
        List<CompiledRule> some =
                shadows.stream().filter(rule -> !rule.sources().isEmpty()).toList();
        return naming(some, ShadowNames.NONE, MOST_APART);
    }

    // A matcher ends with its first match, so what is behind it comes twice: as it is, and with one name more.
    private Optional<Matcher.OnMatch> naming(List<CompiledRule> shadows, ShadowNames names, int apart) {
        if (shadows.isEmpty()) {
            return names.matched().isEmpty()
                    ? Optional.empty()
                    : Optional.of(names.decision().onMatch());
        }
        CompiledRule first = shadows.getFirst();
        List<CompiledRule> others = shadows.subList(1, shadows.size());
        List<CompiledRule> behind = apart > 0 ? others : List.of();
        var matcher = FieldMatcher.newBuilder().setPredicate(predicate(first));
        naming(behind, names.and(first), apart - 1).ifPresent(matcher::setOnMatch);
        Matcher.Builder list = list(List.of(matcher.build()));
        naming(others, names, apart - 1).ifPresent(list::setOnNoMatch);
        return Optional.of(onMatch(list));
    }

    private static Matcher.Builder list(List<FieldMatcher> matchers) {
        return Matcher.newBuilder().setMatcherList(MatcherList.newBuilder().addAllMatchers(matchers));
    }

    private static Matcher.OnMatch onMatch(Matcher.Builder matcher) {
        return Matcher.OnMatch.newBuilder().setMatcher(matcher).build();
    }

    private FieldMatcher fieldMatcher(CompiledRule rule, Function<Decision, Matcher.OnMatch> consequence) {
        return FieldMatcher.newBuilder()
                .setPredicate(predicate(rule))
                .setOnMatch(consequence.apply(decision(rule)))
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
        return new Decision(rule.name().toString(), action(rule));
    }

    static RBAC.Action action(CompiledRule rule) {
        return switch (rule.action()) {
            case ALLOW -> RBAC.Action.ALLOW;
            case DENY -> RBAC.Action.DENY;
        };
    }
}
