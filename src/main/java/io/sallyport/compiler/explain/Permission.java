package io.sallyport.compiler.explain;

import io.sallyport.compiler.cel.Attribute;
import io.sallyport.compiler.cel.Condition;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Ruling;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.route.AmbiguousPath;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.AuthorizationRule.Action;
import io.sallyport.domain.snapshot.AuthorizationClause;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What policies say of a request that rules have allowed. */
record Permission(List<AuthorizationClause> clauses, ClauseTrial trial) {

    /** That ruling, or what overrules it. */
    Ruling judged(Ruling allowed) {
        if (isAmbiguousPath()) {
            return allowed.overruledBy(Reason.AMBIGUOUS_PATH);
        }
        if (isAmbiguousMethod()) {
            return allowed.overruledBy(Reason.AMBIGUOUS_METHOD);
        }
        return refusal().map(allowed::overruledBy).orElse(allowed);
    }

    /** The rules that do no more than look. */
    List<String> audits() {
        return matching(Action.AUDIT).map(AuthorizationClause::name).toList();
    }

    private Optional<String> refusal() {
        return matching(Action.DENY)
                .map(AuthorizationClause::name)
                .findFirst()
                .or(() -> notAllowing().map(ResourceName::toString));
    }

    // Of each policy that allows anything, something must.
    private Optional<ResourceName> notAllowing() {
        Set<ResourceName> policies = new LinkedHashSet<>();
        of(Action.ALLOW).map(AuthorizationClause::policy).forEach(policies::add);
        matching(Action.ALLOW).map(AuthorizationClause::policy).forEach(policies::remove);
        return policies.stream().findFirst();
    }

    private Stream<AuthorizationClause> matching(Action action) {
        return of(action).filter(trial::matches);
    }

    private Stream<AuthorizationClause> of(Action action) {
        return clauses.stream().filter(clause -> clause.rule().action() == action);
    }

    private boolean isAmbiguousPath() {
        return trial.request().get(Attribute.URL_PATH) instanceof String path
                && AmbiguousPath.is(path)
                && anyAsks(rule -> !rule.to().paths().isEmpty(), Condition::asksOfPaths);
    }

    private boolean isAmbiguousMethod() {
        return trial.request().get(Attribute.HEADERS) instanceof java.util.Map<?, ?> headers
                && AuthorizationRule.METHOD_OVERRIDES.stream().anyMatch(headers::containsKey)
                && anyAsks(rule -> !rule.to().methods().isEmpty(), Condition::asksOfMethods);
    }

    private boolean anyAsks(Predicate<AuthorizationRule> inWords, Predicate<Condition> byCondition) {
        return clauses.stream()
                .map(AuthorizationClause::rule)
                .anyMatch(rule -> inWords.test(rule)
                        || rule.when().stream().map(Condition::parse).anyMatch(byCondition));
    }
}
