package io.sallyport.compiler.risk;

import io.sallyport.domain.security.AuthorizationRule.Action;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.RequestLimits;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.AuthorizationClause;
import io.sallyport.domain.snapshot.EffectivePolicy;
import java.util.List;
import java.util.Optional;

/** What all policies at a place together ask, and asked before; in doubt they ask less. */
record RelaxedPolicy(EffectivePolicy was, EffectivePolicy is) {

    /** What is asked no longer, in words. */
    Optional<String> reason() {
        if (was.equals(is)) {
            return Optional.empty();
        }
        if (!keeps(was.authentication(), is.authentication())) {
            return Optional.of("another proof of who asks is asked for, or none,");
        }
        if (!keepsAuthorization()) {
            return Optional.of("less is asked by authorization");
        }
        if (!keeps(
                was.closest(TrafficPolicy::externalAuthorization), is.closest(TrafficPolicy::externalAuthorization))) {
            return Optional.of("another service is asked for its leave, or none,");
        }
        return keepsLimits() ? Optional.empty() : Optional.of("limits are wider");
    }

    private static boolean keeps(List<?> was, List<?> is) {
        return was.isEmpty() || was.equals(is);
    }

    // All denials are kept; allowances, where there were any, are some of those.
    private boolean keepsAuthorization() {
        List<Clause> allowed = clauses(was, Action.ALLOW);
        List<Clause> allowing = clauses(is, Action.ALLOW);
        return clauses(is, Action.DENY).containsAll(clauses(was, Action.DENY))
                && (allowed.isEmpty() || (!allowing.isEmpty() && allowed.containsAll(allowing)));
    }

    private static List<Clause> clauses(EffectivePolicy policy, Action action) {
        return policy.authorization().stream()
                .filter(clause -> clause.rule().action() == action)
                .map(Clause::of)
                .toList();
    }

    private boolean keepsLimits() {
        return was.sections(TrafficPolicy::requestLimits)
                        .allMatch(limit ->
                                is.sections(TrafficPolicy::requestLimits).anyMatch(now -> isAsTight(limit, now)))
                && was.sections(TrafficPolicy::rateLimit)
                        .allMatch(
                                limit -> is.sections(TrafficPolicy::rateLimit).anyMatch(now -> isAsTight(limit, now)));
    }

    private static boolean isAsTight(RequestLimits was, RequestLimits is) {
        return isAsTight(was.maxBodyBytes(), is.maxBodyBytes()) && isAsTight(was.maxHeadersKb(), is.maxHeadersKb());
    }

    private static boolean isAsTight(long was, long is) {
        return was == 0 || (is != 0 && is <= was);
    }

    private static boolean isAsTight(RateLimit was, RateLimit is) {
        return keeps(was.global(), is.global())
                && was.local().stream()
                        .allMatch(limit -> is.local().stream()
                                .anyMatch(now -> now.keys().equals(limit.keys())
                                        && now.per().equals(limit.per())
                                        && now.requests() <= limit.requests()
                                        && now.burst() <= limit.burst()));
    }

    /** What it says, in whichever policy. */
    private record Clause(Object rule, List<String> sources) {
        static Clause of(AuthorizationClause clause) {
            return new Clause(clause.rule(), clause.sources());
        }
    }
}
