package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.rbac.v3.RBAC.Action;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.sallyport.domain.snapshot.AuthorizationClause;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PoliciesInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What policies allow of what rules have allowed: for hosts with policies of their own, found by their stamps, and for all
 * others. What it finds of rules that only audit is logged, whatever it decides.
 */
final class AuthorizationTable {
    // Twice as much for each; more would fill tables with what few will ever look at.
    private static final int MOST_APART = 4;

    private final PoliciesInForce policies;
    private final ListenerSnapshot listener;
    private final ClausePredicate predicates;

    private final StampKeys keys;

    AuthorizationTable(PoliciesInForce policies, ListenerSnapshot listener, StampKeys keys, SourceForms forms) {
        this.keys = keys;
        this.policies = policies;
        this.listener = listener;
        this.predicates = new ClausePredicate(new HttpConditions(forms));
    }

    /** What it depends on. */
    static List<?> inputs(PoliciesInForce policies, ListenerSnapshot listener, StampKeys keys) {
        return List.of(
                policies.at(listener).authorization(),
                own(listener).stream()
                        .map(host -> List.of(
                                keys.atPorts(host).toList(),
                                policies.at(listener, host).authorization()))
                        .toList());
    }

    TypedExtensionConfig of(String name) {
        RBAC.Builder filter = RBAC.newBuilder();
        Matcher decisions = byDestination(this::decisions);
        if (isSaying(decisions)) {
            filter.setMatcher(decisions).setRulesStatPrefix(Authorization.STATISTICS);
        }
        Matcher audits = byDestination(this::audits);
        if (isSaying(audits)) {
            filter.setShadowMatcher(audits).setShadowRulesStatPrefix(Authorization.AUDITS);
        }
        return Composites.extension(name, filter.build());
    }

    private static boolean isSaying(Matcher matcher) {
        return matcher.hasMatcherTree() || matcher.hasMatcherList();
    }

    private Matcher byDestination(Function<EffectivePolicy, Matcher> meaning) {
        Matcher otherwise = meaning.apply(policies.at(listener));
        SortedMap<String, Matcher.OnMatch> entries = new TreeMap<>();
        for (HostEntry host : own(listener)) {
            Matcher own = meaning.apply(policies.at(listener, host));
            if (!own.equals(otherwise)) {
                keys.atPorts(host).forEach(key -> entries.put(key, nested(own)));
            }
        }
        return entries.isEmpty() ? otherwise : tree(entries, otherwise);
    }

    private static Matcher tree(SortedMap<String, Matcher.OnMatch> entries, Matcher otherwise) {
        Matcher.Builder tree = Matcher.newBuilder()
                .setMatcherTree(MatcherTree.newBuilder()
                        .setInput(Predicates.header(Headers.DESTINATION))
                        .setExactMatchMap(MatcherTree.MatchMap.newBuilder().putAllMap(entries)));
        return otherwise.equals(Matcher.getDefaultInstance())
                ? tree.build()
                : tree.setOnNoMatch(nested(otherwise)).build();
    }

    private static List<HostEntry> own(ListenerSnapshot listener) {
        return listener.hosts().stream()
                .filter(host -> !host.policy().isEmpty())
                .toList();
    }

    private static Matcher.OnMatch nested(Matcher matcher) {
        return Matcher.OnMatch.newBuilder().setMatcher(matcher).build();
    }

    private Matcher decisions(EffectivePolicy policy) {
        List<FieldMatcher> refusals = new ArrayList<>(Ambiguity.refusals(policy.authorization()));
        var clauses = ClauseGroups.of(policy.authorization());
        clauses.denials().forEach(clause -> refusals.add(refusal(predicates.of(clause), clause.name())));
        // Of each policy that allows anything, something must.
        clauses.permissions()
                .forEach((name, allowed) -> refusals.add(refusal(
                        Predicates.not(Predicates.or(
                                allowed.stream().map(predicates::of).toList())),
                        name.toString())));
        return list(refusals, new Decision(Authorization.ALLOWED, Action.ALLOW).onMatch());
    }

    private Matcher audits(EffectivePolicy policy) {
        return naming(ClauseGroups.of(policy.authorization()).audits(), List.of(), MOST_APART);
    }

    // A matcher ends with its first match, so what is behind it comes twice: as it is, and with one name more.
    private Matcher naming(List<AuthorizationClause> audits, List<String> matched, int apart) {
        if (audits.isEmpty()) {
            return matched.isEmpty()
                    ? Matcher.getDefaultInstance()
                    : new Decision(String.join(ShadowNames.SEPARATOR, matched), Action.ALLOW).always();
        }
        List<AuthorizationClause> others = audits.subList(1, audits.size());
        List<String> more = new ArrayList<>(matched);
        more.add(audits.getFirst().name());
        Matcher behind = naming(apart > 0 ? others : List.of(), more, apart - 1);
        Matcher.Builder list = Matcher.newBuilder()
                .setMatcherList(MatcherList.newBuilder()
                        .addMatchers(FieldMatcher.newBuilder()
                                .setPredicate(predicates.of(audits.getFirst()))
                                .setOnMatch(nested(behind))));
        Matcher otherwise = naming(others, matched, apart - 1);
        return otherwise.equals(Matcher.getDefaultInstance())
                ? list.build()
                : list.setOnNoMatch(nested(otherwise)).build();
    }

    private static Matcher list(List<FieldMatcher> matchers, Matcher.OnMatch otherwise) {
        Matcher.Builder matcher = Matcher.newBuilder().setOnNoMatch(otherwise);
        return matchers.isEmpty()
                ? matcher.build()
                : matcher.setMatcherList(MatcherList.newBuilder().addAllMatchers(matchers))
                        .build();
    }

    private static FieldMatcher refusal(Predicate predicate, String name) {
        return field(predicate, new Decision(Authorization.DENIED + name, Action.DENY));
    }

    private static FieldMatcher field(Predicate predicate, Decision decision) {
        return FieldMatcher.newBuilder()
                .setPredicate(predicate)
                .setOnMatch(decision.onMatch())
                .build();
    }

    /** The classes that it asks for. */
    static SourceForms forms(SourceForms all, PoliciesInForce policies, ListenerSnapshot listener) {
        return all.among(policies.anywhereAt(listener)
                .flatMap(policy -> policy.authorization().stream())
                .map(AuthorizationClause::sources)
                .flatMap(List::stream)
                .toList());
    }
}
