package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.ServerNameMatcher;
import com.github.xds.type.matcher.v3.ServerNameMatcher.DomainMatcher;
import com.google.protobuf.Message;
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

    private static final Matcher.OnMatch REFUSED = ChainMatchers.chain(OTHERS);

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

    ConnectionGrants none() {
        return new ConnectionGrants(listener, new TreeMap<>());
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
        Matcher.OnMatch bySuffix = suffixes.getDomainMatchersCount() == 0
                ? otherwise
                : ChainMatchers.by(name, suffixes.build(), otherwise);
        return ChainMatchers.byWhole(name, exact, bySuffix);
    }

    private Matcher.OnMatch byRange(Matcher.OnMatch otherwise) {
        Map<Cidr, Matcher.OnMatch> ranges = new TreeMap<>();
        byHost.forEach((host, grants) -> {
            if (host.isRange()) {
                ranges.put(host.range(), bySource(grants));
            }
        });
        return ChainMatchers.byRange(
                Predicates.extension("address", DestinationIPInput.getDefaultInstance()), ranges, otherwise);
    }

    private Matcher.OnMatch bySource(Grants grants) {
        Message source = listener.acceptsProxyProtocol()
                ? SourceIPInput.getDefaultInstance()
                : DirectSourceIPInput.getDefaultInstance();
        return ChainMatchers.byCell(
                Predicates.extension("address", source), grants.sources(), cell -> chain(grants.chain(cell, cell)));
    }

    private static Matcher.OnMatch chain(String name) {
        return name.equals(CutListener.NO_CHAIN) ? REFUSED : ChainMatchers.chain(name);
    }
}
