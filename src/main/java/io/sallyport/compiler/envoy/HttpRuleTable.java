package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table may of an HTTP listener: what is stamped on a request to the rules that decide. */
final class HttpRuleTable {
    private static final RuleList RULES = new RuleList(new HttpConditions());

    private final DefaultAction defaultAction;

    HttpRuleTable(DefaultAction defaultAction) {
        this.defaultAction = defaultAction;
    }

    /** The part of the table that these hosts are in. */
    TypedExtensionConfig part(String name, Collection<HostEntry> hosts) {
        SortedMap<String, Matcher.OnMatch> entries = new TreeMap<>();
        entries.put(Stamp.UNKNOWN, Decision.UNKNOWN_DESTINATION.onMatch());
        hosts.forEach(host -> addTo(entries, host));
        Matcher matcher = Matcher.newBuilder()
                .setMatcherTree(MatcherTree.newBuilder()
                        .setInput(Predicates.header(Headers.DESTINATION))
                        .setExactMatchMap(MatcherTree.MatchMap.newBuilder().putAllMap(entries)))
                .setOnNoMatch(Decision.DEFAULT_DENY.onMatch())
                .build();
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Encoding.any(HttpAccess.by(matcher)))
                .build();
    }

    private void addTo(SortedMap<String, Matcher.OnMatch> entries, HostEntry host) {
        entries.put(
                Stamp.of(host.host()), Decision.ofUnlistedPort(defaultAction).onMatch());
        for (PortEntry port : host.ports()) {
            entries.put(
                    Stamp.of(host.host(), port.number()),
                    RULES.onMatch(port.rules(), Decision.byDefault(defaultAction)));
        }
    }
}
