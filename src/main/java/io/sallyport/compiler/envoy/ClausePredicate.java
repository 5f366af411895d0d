package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.StringMatcher;
import io.sallyport.compiler.cel.Condition;
import io.sallyport.compiler.cel.Expression;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.AuthorizationRule.Claim;
import io.sallyport.domain.snapshot.AuthorizationClause;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a request is one of which a rule of authorization speaks. Where that cannot be told, it is for a rule that
 * denies, and is not for any other.
 */
final class ClausePredicate {
    private static final String ANY_PORT = "(:[0-9]{1,5})?";

    private final HttpConditions sources;

    ClausePredicate(HttpConditions sources) {
        this.sources = sources;
    }

    /** What is dear to evaluate comes last. */
    Predicate of(AuthorizationClause clause) {
        AuthorizationRule rule = clause.rule();
        List<Predicate> parts = new ArrayList<>();
        any(parts, rule.to().ports(), port -> header(Headers.DESTINATION, exactEnd(":" + port)));
        any(parts, rule.to().methods(), method -> header(":method", exact(method)));
        any(parts, rule.to().paths(), ClausePredicate::path);
        any(parts, rule.to().hosts(), ClausePredicate::host);
        if (!clause.sources().isEmpty()) {
            parts.add(sources.isOneOf(clause.sources()));
        }
        boolean denies = rule.action() == AuthorizationRule.Action.DENY;
        rule.from().claims().forEach(claim -> parts.add(denies ? unlessNot(claim) : holds(claim)));
        rule.when().stream()
                .map(text -> Condition.parse(text).expression())
                .forEach(condition -> parts.add(denies ? unlessNot(condition) : holds(condition)));
        return parts.isEmpty() ? Predicates.always() : Predicates.and(parts);
    }

    private static <T> void any(List<Predicate> parts, List<T> values, Function<T, Predicate> predicate) {
        if (!values.isEmpty()) {
            parts.add(Predicates.or(values.stream().map(predicate).toList()));
        }
    }

    // The header has the query too.
    private static Predicate path(String path) {
        if (path.endsWith("*")) {
            return header(":path", start(path.substring(0, path.length() - 1)));
        }
        return Predicates.or(Stream.of(exact(path), start(path + "?"))
                .map(expected -> header(":path", expected))
                .toList());
    }

    private static Predicate host(HostPattern host) {
        if (host.isEverything()) {
            return Predicates.always();
        }
        String text =
                host.isSuffix() ? "[^:]+" + Pattern.quote(host.value().substring(1)) : Pattern.quote(host.value());
        return header(":authority", Predicates.pattern("(?i)" + text + ANY_PORT));
    }

    private static Predicate header(String name, StringMatcher.Builder expected) {
        return Predicates.value(Predicates.header(name), expected);
    }

    private static StringMatcher.Builder exact(String text) {
        return StringMatcher.newBuilder().setExact(text);
    }

    private static StringMatcher.Builder start(String text) {
        return StringMatcher.newBuilder().setPrefix(text);
    }

    private static StringMatcher.Builder exactEnd(String text) {
        return StringMatcher.newBuilder().setSuffix(text);
    }

    private static Predicate holds(Claim claim) {
        return Predicates.evaluatesToTrue(ClaimExpression.holds(claim));
    }

    private static Predicate holds(Expression condition) {
        return Predicates.evaluatesToTrue(CelSyntax.of(condition));
    }

    // An expression that cannot be evaluated does not match; negated twice, a failure denies.
    private static Predicate unlessNot(Claim claim) {
        return Predicates.not(Predicates.evaluatesToTrue(ClaimExpression.doesNotHold(claim)));
    }

    private static Predicate unlessNot(Expression condition) {
        return Predicates.not(Predicates.evaluatesToTrue(CelSyntax.not(condition)));
    }
}
