package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import io.sallyport.compiler.cel.Condition;
import io.sallyport.domain.route.AmbiguousPath;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.snapshot.AuthorizationClause;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What is refused where rules ask of paths or methods, since their answer could be another upstream than here. */
final class Ambiguity {
    // What is at the end of a path stands before the query in the header.
    private static final String PATH = "[^?]*" + AmbiguousPath.PART.replace("(?:/|$)", "(?:/|\\?|$)") + ".*";

    private Ambiguity() {}

    static List<FieldMatcher> refusals(Collection<AuthorizationClause> clauses) {
        List<AuthorizationRule> rules =
                clauses.stream().map(AuthorizationClause::rule).toList();
        return Stream.concat(
                        rules.stream()
                                .filter(Ambiguity::asksOfPaths)
                                .limit(1)
                                .map(rule -> refusal(path(), Decision.AMBIGUOUS_PATH)),
                        rules.stream()
                                .filter(Ambiguity::asksOfMethods)
                                .limit(1)
                                .map(rule -> refusal(method(), Decision.AMBIGUOUS_METHOD)))
                .toList();
    }

    private static boolean asksOfPaths(AuthorizationRule rule) {
        return !rule.to().paths().isEmpty()
                || rule.when().stream().anyMatch(text -> Condition.parse(text).asksOfPaths());
    }

    private static boolean asksOfMethods(AuthorizationRule rule) {
        return !rule.to().methods().isEmpty()
                || rule.when().stream().anyMatch(text -> Condition.parse(text).asksOfMethods());
    }

    private static Predicate path() {
        return Predicates.value(Predicates.header(":path"), Predicates.pattern(PATH));
    }

    private static Predicate method() {
        return Predicates.or(AuthorizationRule.METHOD_OVERRIDES.stream()
                .map(name -> Predicates.value(Predicates.header(name), Predicates.pattern(".*")))
                .toList());
    }

    private static FieldMatcher refusal(Predicate predicate, Decision decision) {
        return FieldMatcher.newBuilder()
                .setPredicate(predicate)
                .setOnMatch(decision.onMatch())
                .build();
    }
}
