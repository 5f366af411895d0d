package io.sallyport.compiler.explain;

import io.sallyport.compiler.cel.Attribute;
import io.sallyport.compiler.cel.Condition;
import io.sallyport.compiler.cel.Condition.Truth;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.AuthorizationRule.Action;
import io.sallyport.domain.snapshot.AuthorizationClause;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A request, tried on rules of authorization.
 *
 * @param port the destination's number of the one that it is for
 * @param request what conditions may ask of it
 */
record ClauseTrial(Verdict.Source source, AskedHost asked, PortNumber port, Map<Attribute, Object> request) {

    /** Whether the rule speaks of the request. Where that cannot be told, one that denies does, and no other. */
    boolean matches(AuthorizationClause clause) {
        return isOf(clause.sources()) && matches(clause.rule().to()) && holds(clause.rule());
    }

    private boolean isOf(List<String> classes) {
        return classes.isEmpty() || !Collections.disjoint(classes, source.classes());
    }

    private boolean matches(AuthorizationRule.Requests to) {
        return (to.hosts().isEmpty() || to.hosts().stream().anyMatch(asked::isCoveredBy))
                && (to.ports().isEmpty() || to.ports().contains(port))
                && (to.methods().isEmpty() || to.methods().contains(text(Attribute.METHOD)))
                && (to.paths().isEmpty() || to.paths().stream().anyMatch(this::isAt));
    }

    private boolean isAt(String path) {
        String asked = text(Attribute.URL_PATH);
        return path.endsWith("*") ? asked.startsWith(path.substring(0, path.length() - 1)) : asked.equals(path);
    }

    private boolean holds(AuthorizationRule rule) {
        boolean denies = rule.action() == Action.DENY;
        return Stream.concat(
                        rule.from().claims().stream().map(claim -> ClaimTrial.of(claim, claims())),
                        rule.when().stream().map(text -> Condition.parse(text).of(request)))
                .allMatch(truth -> truth == Truth.YES || (denies && truth == Truth.UNKNOWN));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> claims() {
        return (Map<String, Object>) request.getOrDefault(Attribute.CLAIMS, Map.of());
    }

    private String text(Attribute attribute) {
        return request.getOrDefault(attribute, "").toString();
    }
}
