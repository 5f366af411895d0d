package io.sallyport.compiler.envoy;

import com.google.protobuf.Message;
import com.google.protobuf.UInt64Value;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.type.v3.HashPolicy;
import io.sallyport.domain.gateway.Limits;
import java.util.List;
import java.util.stream.Stream;

/** The network filters that listeners have alike. */
final class ConnectionFilters {
    /** Written down about connections within the bound, where there is one. */
    static final String ADMITTED = "sallyport.admitted";

    private ConnectionFilters() {}

    /** Refuses connections above the bound, where there is one: the first of all filters. */
    static List<Filter> limit(String listener, Limits limits) {
        return limits.maxConnections().stream()
                .map(most -> inline(
                        "envoy.filters.network.connection_limit",
                        ConnectionLimit.newBuilder()
                                .setStatPrefix(listener)
                                .setMaxConnections(UInt64Value.of(most))
                                .build()))
                .toList();
    }

    /** The same, and what it lets through is marked, for the log of those that it does not. */
    static List<Filter> limitSeen(String listener, Limits limits) {
        return Stream.concat(
                        limit(listener, limits).stream(),
                        limits.maxConnections().stream()
                                .map(most -> inline(
                                        "sallyport/admitted",
                                        new FilterState().text(ADMITTED, "yes").filter())))
                .toList();
    }

    /** A filter that comes by itself and, where it is absent, refuses as the default does. */
    static Filter discovered(String name, Message absent, Message... types) {
        return Filter.newBuilder()
                .setName(name)
                .setConfigDiscovery(Discovery.ofFilter(absent, types))
                .build();
    }

    static Filter inline(String name, Message config) {
        return Filter.newBuilder()
                .setName(name)
                .setTypedConfig(Encoding.any(config))
                .build();
    }

    /**
     * Sends connections on, to the cluster that is written down with each. The one that is named here does not exist.
     * Whoever balances by hashing has nothing but the source's address to go by.
     */
    static TcpProxy.Builder proxy(ConnectionSkeleton skeleton, String noCluster) {
        Limits limits = skeleton.conduct().limits();
        TcpProxy.Builder proxy = TcpProxy.newBuilder()
                .setStatPrefix(skeleton.name())
                .setCluster(noCluster)
                .setIdleTimeout(Durations.of(limits.idleTimeout()))
                .addHashPolicy(HashPolicy.newBuilder().setSourceIp(HashPolicy.SourceIp.getDefaultInstance()));
        limits.maxFlowDuration().forEach(longest -> proxy.setMaxDownstreamConnectionDuration(Durations.of(longest)));
        return proxy;
    }

    /** Where a forward proxy is to lead the connection, for it resolves by itself: only where the gateway has one. */
    static List<Filter> place(ConnectionSkeleton skeleton) {
        String place = "%FILTER_STATE(" + Lookups.NAME + ":PLAIN)%:%FILTER_STATE(" + Lookups.PORT + ":PLAIN)%";
        return skeleton.conduct().upstreamProxy().stream()
                .map(proxy -> inline(
                        "sallyport/place",
                        new FilterState().passedOn(ProxyTunnel.PLACE, place).filter()))
                .toList();
    }

    static Filter proxying(TcpProxy proxy) {
        return inline("envoy.filters.network.tcp_proxy", proxy);
    }
}
