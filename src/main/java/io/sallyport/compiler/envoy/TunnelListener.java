package io.sallyport.compiler.envoy;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.Listener.InternalListenerConfig;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.sni_dynamic_forward_proxy.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.type.v3.HashPolicy;

/**
 * An inner listener of a CONNECT listener: reads the first message of a tunnel that must carry TLS, and connects
 * upstream only if it names the host that was asked for. A skeleton: what differs from tunnel to tunnel comes with each.
 */
final class TunnelListener {
    private static final int MOST_EARLY_BYTES = 65_536;
    private static final long SECONDS_FOR_HELLO = 15;

    private TunnelListener() {}

    static Listener of(String name) {
        return Listener.newBuilder()
                .setName(name)
                .setInternalListener(InternalListenerConfig.getDefaultInstance())
                .addAllAccessLog(AccessLogs.ofTunnels(name))
                .addListenerFilters(ListenerFilter.newBuilder()
                        .setName("envoy.filters.listener.tls_inspector")
                        .setTypedConfig(Encoding.any(TlsInspector.getDefaultInstance())))
                .setListenerFiltersTimeout(Duration.newBuilder().setSeconds(SECONDS_FOR_HELLO))
                .addFilterChains(FilterChain.newBuilder()
                        .setName("tls")
                        .setFilterChainMatch(FilterChainMatch.newBuilder().setTransportProtocol("tls"))
                        .addFilters(ConnectionFilters.inline("sallyport/inner-truth", InnerTruth.filter()))
                        .addFilters(ConnectionFilters.inline("sallyport/where", where()))
                        .addFilters(resolver(name))
                        .addFilters(ConnectionFilters.inline("envoy.filters.network.tcp_proxy", proxy(name))))
                .build();
    }

    private static Config where() {
        return new FilterState()
                .known("envoy.tcp_proxy.cluster", told(TunnelState.CLUSTER))
                .known("envoy.upstream.dynamic_host", told(TunnelState.HOST))
                .known("envoy.upstream.dynamic_host", told(TunnelState.HOST_TO_RESOLVE))
                .known("envoy.upstream.dynamic_port", told(TunnelState.PORT))
                .passedOn(ProxyTunnel.PLACE, told(TunnelState.HOST) + ":" + told(TunnelState.PORT))
                .filter();
    }

    private static String told(String key) {
        return "%FILTER_STATE(" + key + ":PLAIN)%";
    }

    private static Filter resolver(String listener) {
        return Filter.newBuilder()
                .setName(ResourceNames.tunnelResolver(listener))
                .setConfigDiscovery(Discovery.ofFilter(
                        TlsRuleTable.refuseAll(), FilterConfig.getDefaultInstance(), Config.getDefaultInstance()))
                .build();
    }

    // The outer listener ends what stands still or lasts too long, and with it what is inside. The cluster is told with
    // each tunnel; the one that is named here does not exist. Whoever balances by hashing gets the source that was
    // seen.
    private static TcpProxy proxy(String name) {
        TcpProxy.Builder proxy = TcpProxy.newBuilder()
                .setStatPrefix(name)
                .setCluster(ResourceNames.TUNNEL)
                .setIdleTimeout(Duration.getDefaultInstance())
                .addHashPolicy(HashPolicy.newBuilder()
                        .setFilterState(HashPolicy.FilterState.newBuilder().setKey(TunnelState.SOURCE)));
        return NewerFields.connectingOnData(proxy, MOST_EARLY_BYTES).build();
    }
}
