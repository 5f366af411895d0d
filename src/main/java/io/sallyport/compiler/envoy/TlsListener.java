package io.sallyport.compiler.envoy;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.sni_dynamic_forward_proxy.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.sallyport.domain.gateway.Listener;

/**
 * A TLS passthrough listener: where, when, may, and out. A skeleton like that for HTTP; not even a new host changes it,
 * since the host names the cluster.
 */
final class TlsListener {
    private static final int MOST_EARLY_BYTES = 65_536;
    private static final long IDLE_SECONDS = 3600;
    private static final long SECONDS_FOR_HELLO = 15;

    private TlsListener() {}

    static io.envoyproxy.envoy.config.listener.v3.Listener of(Listener listener) {
        return io.envoyproxy.envoy.config.listener.v3.Listener.newBuilder()
                .setName(listener.name().value())
                .setAddress(Addresses.socket(listener.address().value(), listener.port()))
                .addAccessLog(AccessLogs.ofConnections(listener.name().value()))
                .addListenerFilters(ListenerFilter.newBuilder()
                        .setName("envoy.filters.listener.tls_inspector")
                        .setTypedConfig(Encoding.any(TlsInspector.getDefaultInstance())))
                .setListenerFiltersTimeout(Duration.newBuilder().setSeconds(SECONDS_FOR_HELLO))
                .addFilterChains(FilterChain.newBuilder()
                        .setName("tls")
                        .addFilters(discovered(ResourceNames.hosts(listener), Config.getDefaultInstance()))
                        .addFilters(discovered(ResourceNames.moments(listener), Config.getDefaultInstance()))
                        .addFilters(discovered(ResourceNames.rules(listener, 0), RBAC.getDefaultInstance()))
                        .addFilters(discovered(
                                ResourceNames.resolver(listener),
                                FilterConfig.getDefaultInstance(),
                                Config.getDefaultInstance()))
                        .addFilters(Filter.newBuilder()
                                .setName("envoy.filters.network.tcp_proxy")
                                .setTypedConfig(Encoding.any(proxy(listener)))))
                .build();
    }

    private static Filter discovered(String name, Message... types) {
        return Filter.newBuilder()
                .setName(name)
                .setConfigDiscovery(Discovery.ofFilter(TlsRuleTable.refuseAll(), types))
                .build();
    }

    // The cluster is written down by the table of hosts; without that there is none.
    private static TcpProxy proxy(Listener listener) {
        TcpProxy.Builder proxy = TcpProxy.newBuilder()
                .setStatPrefix(listener.name().value())
                .setCluster(ResourceNames.PASSTHROUGH)
                .setIdleTimeout(Duration.newBuilder().setSeconds(IDLE_SECONDS));
        return NewerFields.connectingOnData(proxy, MOST_EARLY_BYTES).build();
    }
}
