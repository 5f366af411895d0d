package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.IPMatcher;
import com.github.xds.type.matcher.v3.IPMatcher.IPRangeMatcher;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree.MatchMap;
import com.github.xds.type.matcher.v3.ServerNameMatcher;
import com.github.xds.type.matcher.v3.ServerNameMatcher.DomainMatcher;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DirectSourceIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.SourceIPInput;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The filter chains of a listener for TLS or TCP that cuts what it revokes: one for each grant, found by the host and the
 * source's address, and one for everybody else, who is refused there.
 *
 * @param byHost empty where the gateway cuts nothing
 */
record ConnectionGrants(Listener listener, SortedMap<HostPattern, Grants> byHost) {
    /** The chain of whoever has no grant. */
    static final String OTHERS = "others";

    private static final Matcher.OnMatch REFUSED = chain(OTHERS);
    private static final SourceCell ELSE = new SourceCell.Else();

    /** The end of the chain of others, where rules have refused already, unless they have just begun to allow. */
    static Filter refusal() {
        RBAC everybody = RBAC.newBuilder()
                .setStatPrefix("grant.")
                .setMatcher(Decision.DEFAULT_DENY.always())
                .build();
        return ConnectionFilters.inline("sallyport/no-grant", everybody);
    }

    boolean isEmpty() {
        return byHost.isEmpty();
    }

    Stream<String> chains() {
        return byHost.values().stream().flatMap(Grants::chains).sorted().distinct();
    }

    Matcher matcher() {
        Matcher.OnMatch everything = byHost.entrySet().stream()
                .filter(entry -> entry.getKey().isEverything())
                .map(entry -> bySource(entry.getValue()))
                .findFirst()
                .orElse(REFUSED);
        return Matcher.newBuilder().setOnNoMatch(byRange(byName(everything))).build();
    }

    private Matcher.OnMatch byName(Matcher.OnMatch otherwise) {
        var suffixes = ServerNameMatcher.newBuilder();
        SortedMap<String, Matcher.OnMatch> exact = new TreeMap<>();
        byHost.forEach((host, grants) -> {
            if (host.isSuffix()) {
                suffixes.addDomainMatchers(
                        DomainMatcher.newBuilder().addDomains(host.value()).setOnMatch(bySource(grants)));
            } else if (!host.isWildcard()) {
                exact.put(host.value(), bySource(grants));
            }
        });
        TypedExtensionConfig name = Predicates.filterState(ShardTable.NAME);
        Matcher.OnMatch bySuffix =
                suffixes.getDomainMatchersCount() == 0 ? otherwise : custom(name, suffixes.build(), otherwise);
        return exact.isEmpty()
                ? bySuffix
                : nested(
                        MatcherTree.newBuilder()
                                .setInput(name)
                                .setExactMatchMap(MatchMap.newBuilder().putAllMap(exact)),
                        bySuffix);
    }

    private Matcher.OnMatch byRange(Matcher.OnMatch otherwise) {
        Map<Cidr, Matcher.OnMatch> ranges = new TreeMap<>();
        byHost.forEach((host, grants) -> {
            if (host.isRange()) {
                ranges.put(host.range(), bySource(grants));
            }
        });
        return byAddress(DestinationIPInput.getDefaultInstance(), ranges, otherwise);
    }

    private Matcher.OnMatch bySource(Grants grants) {
        Function<SourceCell, Matcher.OnMatch> leaf = cell -> chain(grants.chain(cell, cell));
        Map<Cidr, Matcher.OnMatch> ranges = new TreeMap<>();
        for (SourceCell cell : grants.sources()) {
            if (cell instanceof SourceCell.At(Cidr range)) {
                ranges.put(range, leaf.apply(cell));
            }
        }
        Message source = listener.acceptsProxyProtocol()
                ? SourceIPInput.getDefaultInstance()
                : DirectSourceIPInput.getDefaultInstance();
        return byAddress(source, ranges, leaf.apply(ELSE));
    }

    private static Matcher.OnMatch byAddress(
            Message input, Map<Cidr, Matcher.OnMatch> ranges, Matcher.OnMatch otherwise) {
        if (ranges.isEmpty()) {
            return otherwise;
        }
        var matcher = IPMatcher.newBuilder();
        ranges.forEach((range, onMatch) -> matcher.addRangeMatchers(
                IPRangeMatcher.newBuilder().addRanges(Addresses.xdsRange(range)).setOnMatch(onMatch)));
        return custom(Predicates.extension("address", input), matcher.build(), otherwise);
    }

    private static Matcher.OnMatch custom(TypedExtensionConfig input, Message matcher, Matcher.OnMatch otherwise) {
        return nested(
                MatcherTree.newBuilder().setInput(input).setCustomMatch(Predicates.extension("custom", matcher)),
                otherwise);
    }

    private static Matcher.OnMatch nested(MatcherTree.Builder tree, Matcher.OnMatch otherwise) {
        return Matcher.OnMatch.newBuilder()
                .setMatcher(Matcher.newBuilder().setMatcherTree(tree).setOnNoMatch(otherwise))
                .build();
    }

    private static Matcher.OnMatch chain(String name) {
        String known = name.equals(CutListener.NO_CHAIN) ? OTHERS : name;
        return Matcher.OnMatch.newBuilder()
                .setAction(Predicates.extension(known, StringValue.of(known)))
                .build();
    }
}
