package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.snapshot.Enforceability;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The table may of an HTTP listener: what is stamped on a request to the rules that decide. */
final class HttpRuleTable {
    private final RuleList rules;
    private final DefaultAction defaultAction;
    private final int bucket;

    /** Of a bucket, by what is stamped on requests that look into it. */
    HttpRuleTable(SourceForms forms, DefaultAction defaultAction, int bucket) {
        this.rules = new RuleList(new HttpConditions(forms));
        this.defaultAction = defaultAction;
        this.bucket = bucket;
    }

    /** The part of the table that these hosts are in. */
    TypedExtensionConfig part(String name, Collection<HostEntry> hosts) {
        SortedMap<String, Matcher.OnMatch> entries = new TreeMap<>();
        entries.put(written(Stamp.UNKNOWN), Decision.UNKNOWN_DESTINATION.onMatch());
        hosts.forEach(host -> addTo(entries, host));
        Matcher decisions = byDestination(entries)
                .setOnNoMatch(Decision.DEFAULT_DENY.onMatch())
                .build();
        SortedMap<String, Matcher.OnMatch> shadows = shadows(hosts);
        RBAC filter = shadows.isEmpty()
                ? HttpAccess.by(decisions)
                : HttpAccess.by(decisions, byDestination(shadows).build());
        return Composites.extension(name, filter);
    }

    private static Matcher.Builder byDestination(SortedMap<String, Matcher.OnMatch> entries) {
        return Matcher.newBuilder()
                .setMatcherTree(MatcherTree.newBuilder()
                        .setInput(Predicates.header(Headers.DESTINATION))
                        .setExactMatchMap(MatcherTree.MatchMap.newBuilder().putAllMap(entries)));
    }

    // What they find is logged, whatever the others decide.
    private SortedMap<String, Matcher.OnMatch> shadows(Collection<HostEntry> hosts) {
        SortedMap<String, Matcher.OnMatch> entries = new TreeMap<>();
        for (HostEntry host : hosts) {
            for (PortEntry port : host.ports()) {
                rules.naming(port.shadows())
                        .ifPresent(list -> entries.put(written(Stamp.of(host.host(), port.number())), list));
            }
        }
        return entries;
    }

    private void addTo(SortedMap<String, Matcher.OnMatch> entries, HostEntry host) {
        entries.put(
                written(Stamp.of(host.host())),
                Decision.ofUnlistedPort(defaultAction).onMatch());
        for (PortEntry port : host.ports()) {
            entries.put(written(Stamp.of(host.host(), port.number())), decisions(port));
        }
    }

    private Matcher.OnMatch decisions(PortEntry port) {
        Matcher.OnMatch onRequests = rules.onMatch(port.decidingRules(), Decision.byDefault(port, defaultAction));
        return port.enforceability() == Enforceability.IN_REQUESTS
                ? Matcher.OnMatch.newBuilder()
                        .setMatcher(Matcher.newBuilder()
                                .setMatcherList(MatcherList.newBuilder().addMatchers(inTunnels(port)))
                                .setOnNoMatch(onRequests))
                        .build()
                : onRequests;
    }

    private MatcherList.FieldMatcher.Builder inTunnels(PortEntry port) {
        return MatcherList.FieldMatcher.newBuilder()
                .setPredicate(Predicates.value(
                        Predicates.header(":method"), StringMatcher.newBuilder().setExact(TunnelRoutes.CONNECT)))
                .setOnMatch(rules.onMatch(port.rulesWithoutAllow(), Decision.byDefaultWithoutAllow(defaultAction)));
    }

    // A host that has moved is in two buckets.
    private String written(String destination) {
        return Stamp.written(bucket, destination);
    }
}
