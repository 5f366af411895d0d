package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import io.envoyproxy.envoy.config.rbac.v3.RBAC.Action;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.AuthorizationClause;
import java.util.ArrayList;
import java.util.List;

/** What policies allow of what rules allow, on a TLS listener: each decision to allow is looked at again by it. */
final class TlsAuthorization {
    private final ClauseGroups clauses;
    private final TlsConditions conditions;

    TlsAuthorization(ClauseGroups clauses, TlsConditions conditions) {
        this.clauses = clauses;
        this.conditions = conditions;
    }

    /** What becomes of a decision of the rules. */
    Matcher.OnMatch consequence(Decision decision) {
        if (!decision.allows() || clauses.isDecidingNothing()) {
            return decision.onMatch();
        }
        List<FieldMatcher> refusals = new ArrayList<>();
        clauses.denials().forEach(clause -> refusals.add(refusal(predicate(clause), refused(clause.name(), decision))));
        // Of each policy that allows anything, something must.
        clauses.permissions()
                .forEach((policy, allowed) ->
                        refusals.add(refusal(none(allowed), refused(policy.toString(), decision))));
        return Matcher.OnMatch.newBuilder()
                .setMatcher(Matcher.newBuilder()
                        .setMatcherList(MatcherList.newBuilder().addAllMatchers(refusals))
                        .setOnNoMatch(decision.onMatch()))
                .build();
    }

    // Both who refused and who had allowed, for the log.
    private static Decision refused(String by, Decision allowed) {
        return new Decision(allowed.name() + ShadowNames.SEPARATOR + Authorization.DENIED + by, Action.DENY);
    }

    private Predicate none(List<AuthorizationClause> allowed) {
        return allowed.isEmpty()
                ? always()
                : Predicates.not(
                        Predicates.or(allowed.stream().map(this::predicate).toList()));
    }

    private Predicate predicate(AuthorizationClause clause) {
        List<Predicate> parts = new ArrayList<>();
        List<HostPattern> hosts = clause.rule().to().hosts();
        if (!hosts.isEmpty()) {
            parts.add(Predicates.or(hosts.stream().map(TlsAuthorization::host).toList()));
        }
        if (!clause.sources().isEmpty()) {
            parts.add(conditions.isOneOf(clause.sources()));
        }
        return parts.isEmpty() ? always() : Predicates.and(parts);
    }

    private static Predicate host(HostPattern host) {
        if (host.isEverything()) {
            return always();
        }
        String text = host.isSuffix()
                ? ".+" + Predicates.literally(host.value().substring(1))
                : Predicates.literally(host.value());
        return Predicates.value(Predicates.filterState(ShardTable.NAME), Predicates.pattern(text));
    }

    // Of every connection with a name.
    private static Predicate always() {
        return Predicates.value(Predicates.filterState(SniTable.HOST), Predicates.pattern(".+"));
    }

    private static FieldMatcher refusal(Predicate predicate, Decision decision) {
        return FieldMatcher.newBuilder()
                .setPredicate(predicate)
                .setOnMatch(decision.onMatch())
                .build();
    }
}
