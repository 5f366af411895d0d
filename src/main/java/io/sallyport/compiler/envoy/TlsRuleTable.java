package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table may of a TLS listener. All of it in one part: a network filter cannot be chosen by what came before it. */
final class TlsRuleTable {
    static final String STATISTICS = "rules.";

    private final RuleList rules;
    private final DefaultAction defaultAction;

    TlsRuleTable(Collection<SourceClass> classes, DefaultAction defaultAction) {
        this.rules = new RuleList(new TlsConditions(classes));
        this.defaultAction = defaultAction;
    }

    TypedExtensionConfig of(String name, Collection<HostEntry> hosts) {
        SortedMap<String, Matcher.OnMatch> entries = new TreeMap<>();
        hosts.forEach(host -> entries.put(host.host().value(), entry(host)));
        return Composites.extension(name, by(matcher(entries)));
    }

    static RBAC refuseAll() {
        return by(Decision.DEFAULT_DENY.always());
    }

    private Matcher.OnMatch entry(HostEntry host) {
        return host.ports().isEmpty()
                ? Decision.ofUnlistedPort(defaultAction).onMatch()
                : rules.onMatch(host.ports().getFirst().rules(), Decision.byDefault(defaultAction));
    }

    private static Matcher matcher(SortedMap<String, Matcher.OnMatch> entries) {
        if (entries.isEmpty()) {
            return Decision.UNKNOWN_DESTINATION.always();
        }
        return Matcher.newBuilder()
                .setMatcherTree(MatcherTree.newBuilder()
                        .setInput(Predicates.filterState(SniTable.HOST))
                        .setExactMatchMap(MatcherTree.MatchMap.newBuilder().putAllMap(entries)))
                .setOnNoMatch(Decision.UNKNOWN_DESTINATION.onMatch())
                .build();
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
