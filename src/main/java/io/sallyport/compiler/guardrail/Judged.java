package io.sallyport.compiler.guardrail;

import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.AuthorizationRule.Action;
import io.sallyport.domain.security.AuthorizationRule.Requests;
import io.sallyport.domain.security.AuthorizationRule.Sources;
import io.sallyport.domain.snapshot.AuthorizationClause;
import io.sallyport.domain.snapshot.EffectivePolicy;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is made of rules of authorization that ask for more than a flow says: paths, claims, conditions. One that may match
 * does not surely match, and which of the two counts depends on what is to be shown.
 */
final class Judged {
    // Of no class, so nobody is.
    private static final List<String> NOBODY = List.of("nobody");

    private Judged() {}

    /** Whoever may pass, for some path or other, passes. */
    static EffectivePolicy generously(EffectivePolicy policy) {
        return with(policy, Action.ALLOW);
    }

    /** Who may be refused, for some path or other, is. */
    static EffectivePolicy strictly(EffectivePolicy policy) {
        return with(policy, Action.DENY);
    }

    private static EffectivePolicy with(EffectivePolicy policy, Action taken) {
        return new EffectivePolicy(
                policy.id(),
                policy.layers(),
                policy.authentication(),
                policy.authorization().stream()
                        .flatMap(clause -> judged(clause, taken))
                        .toList(),
                policy.services());
    }

    private static Stream<AuthorizationClause> judged(AuthorizationClause clause, Action taken) {
        AuthorizationRule rule = clause.rule();
        if (rule.action() == Action.AUDIT) {
            return Stream.of();
        }
        if (!asksForMore(rule) || rule.action() == taken) {
            return Stream.of(new AuthorizationClause(clause.policy(), plain(rule), clause.sources()));
        }
        // That there is one at all says that one of its kind must match.
        return Stream.of(new AuthorizationClause(clause.policy(), plain(rule), NOBODY));
    }

    private static boolean asksForMore(AuthorizationRule rule) {
        return !rule.to().paths().isEmpty()
                || !rule.from().claims().isEmpty()
                || !rule.when().isEmpty();
    }

    private static AuthorizationRule plain(AuthorizationRule rule) {
        Sources from = rule.from();
        Requests to = rule.to();
        return new AuthorizationRule(
                rule.name(),
                rule.action(),
                new Sources(from.principals(), from.namespaces(), List.of(), from.ipBlocks()),
                new Requests(to.hosts(), to.ports(), to.methods(), List.of()),
                List.of());
    }
}
