package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.RegexMatcher;
import com.github.xds.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table may of a TLS listener, in parts: the stamp of a connection to the rules that decide. */
final class TlsRuleTable {
    static final String STATISTICS = "rules.";
    static final String SHADOW_STATISTICS = "shadows.";

    private static final String LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
    private static final String HOST = LABEL + "(\\." + LABEL + ")*";

    private final TlsConditions conditions;
    private final RuleList rules;
    private final DefaultAction defaultAction;

    TlsRuleTable(Collection<SourceClass> classes, DefaultAction defaultAction) {
        this.conditions = new TlsConditions(classes);
        this.rules = new RuleList(conditions);
        this.defaultAction = defaultAction;
    }

    /** The part of the table that these hosts are in, with what policies allow of each. */
    TypedExtensionConfig part(String name, SequencedMap<HostEntry, ClauseGroups> hosts) {
        SortedMap<String, Matcher.OnMatch> entries = new TreeMap<>();
        hosts.forEach((host, clauses) -> entries.put(host.host().value(), entry(host, clauses)));
        return Composites.extension(name, by(wellFormed(tree(entries))));
    }

    /** What the rules that never decide would do, of all hosts that have any; nothing where there are none. */
    TypedExtensionConfig shadows(String name, Collection<HostEntry> hosts) {
        SortedMap<String, Matcher.OnMatch> entries = new TreeMap<>();
        hosts.stream()
                .filter(host -> !host.ports().isEmpty())
                .forEach(host -> rules.naming(host.ports().getFirst().shadows())
                        .ifPresent(list -> entries.put(host.host().value(), list)));
        return Composites.extension(name, entries.isEmpty() ? Config.getDefaultInstance() : shadow(entries));
    }

    private static RBAC shadow(SortedMap<String, Matcher.OnMatch> entries) {
        return RBAC.newBuilder()
                .setStatPrefix("tls.")
                .setShadowMatcher(ofHosts(byHost(entries).build()))
                .setShadowRulesStatPrefix(SHADOW_STATISTICS)
                .build();
    }

    // A name that is no host came to no rule, so none of these is counted for it.
    private static Matcher ofHosts(Matcher shadows) {
        var wellFormed = FieldMatcher.newBuilder()
                .setPredicate(name(HOST))
                .setOnMatch(Matcher.OnMatch.newBuilder().setMatcher(shadows));
        return Matcher.newBuilder()
                .setMatcherList(MatcherList.newBuilder().addMatchers(wellFormed))
                .build();
    }

    static RBAC refuseAll() {
        return by(Decision.DEFAULT_DENY.always());
    }

    private Matcher.OnMatch entry(HostEntry host, ClauseGroups clauses) {
        if (host.ports().isEmpty()) {
            return Decision.ofUnlistedPort(defaultAction).onMatch();
        }
        PortEntry port = host.ports().getFirst();
        var authorization = new TlsAuthorization(clauses.at(port.number()), conditions);
        return rules.onMatch(port.decidingRules(), Decision.byDefault(port, defaultAction), authorization::consequence);
    }

    private static Matcher tree(SortedMap<String, Matcher.OnMatch> entries) {
        return entries.isEmpty()
                ? Decision.UNKNOWN_DESTINATION.always()
                : byHost(entries)
                        .setOnNoMatch(Decision.UNKNOWN_DESTINATION.onMatch())
                        .build();
    }

    private static Matcher.Builder byHost(SortedMap<String, Matcher.OnMatch> entries) {
        return Matcher.newBuilder()
                .setMatcherTree(MatcherTree.newBuilder()
                        .setInput(Predicates.filterState(SniTable.HOST))
                        .setExactMatchMap(MatcherTree.MatchMap.newBuilder().putAllMap(entries)));
    }

    // A name that is no host is refused before somebody's wildcard covers it; no name at all is nobody's.
    private static Matcher wellFormed(Matcher next) {
        var malformed = FieldMatcher.newBuilder()
                .setPredicate(Predicates.and(List.of(name(".+"), Predicates.not(name(HOST)))))
                .setOnMatch(Decision.MALFORMED_HOST.onMatch());
        return Matcher.newBuilder()
                .setMatcherList(MatcherList.newBuilder().addMatchers(malformed))
                .setOnNoMatch(Matcher.OnMatch.newBuilder().setMatcher(next))
                .build();
    }

    private static MatcherList.Predicate name(String regex) {
        return Predicates.value(
                Predicates.filterState(ShardTable.NAME),
                StringMatcher.newBuilder()
                        .setSafeRegex(RegexMatcher.newBuilder()
                                .setRegex(regex)
                                .setGoogleRe2(RegexMatcher.GoogleRE2.getDefaultInstance())));
    }

    // A network filter logs only names that refuse; as a shadow of itself it logs those that allow too.
    private static RBAC by(Matcher matcher) {
        return RBAC.newBuilder()
                .setStatPrefix("tls.")
                .setMatcher(matcher)
                .setShadowMatcher(matcher)
                .setShadowRulesStatPrefix(STATISTICS)
                .build();
    }
}
