package io.sallyport.compiler.envoy;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.sallyport.domain.gateway.Listener;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A TLS passthrough listener: which part, where, when, may, and out. A skeleton like that for HTTP; not even a new host
 * changes it, since the host names the cluster. For each part of the tables there is a filter chain, for network filters
 * are not chosen one by one.
 */
final class TlsListener {
    private static final int MOST_EARLY_BYTES = 65_536;
    private static final Duration FOR_HELLO =
            Duration.newBuilder().setSeconds(15).build();

    private final ConnectionSkeleton skeleton;
    private final ConnectionGrants grants;
    private final Listener listener;

    private TlsListener(ConnectionSkeleton skeleton, ConnectionGrants grants) {
        this.skeleton = skeleton;
        this.grants = grants;
        this.listener = skeleton.listener();
    }

    static io.envoyproxy.envoy.config.listener.v3.Listener of(ConnectionSkeleton skeleton, ConnectionGrants grants) {
        // Grants come and go without touching the chains of others, so they are in no report.
        TlsListener bare = new TlsListener(skeleton, grants.none());
        String fingerprint = Fingerprint.of(bare.message("").build());
        return Fingerprint.known(new TlsListener(skeleton, grants).message(fingerprint), fingerprint);
    }

    private io.envoyproxy.envoy.config.listener.v3.Listener.Builder message(String fingerprint) {
        var message = io.envoyproxy.envoy.config.listener.v3.Listener.newBuilder()
                .setName(skeleton.name())
                .setAddress(Addresses.socket(listener.address().value(), listener.port()))
                .addAllAccessLog(ConnectionLogs.of(skeleton, fingerprint))
                .addAllListenerFilters(ListenerFilters.of(listener))
                .addListenerFilters(shards())
                .setListenerFiltersTimeout(FOR_HELLO);
        if (!grants.isEmpty()) {
            return message.addAllFilterChains(grants.chains()
                            .map(name -> chain(name, 0, List.of()))
                            .toList())
                    .addFilterChains(chain(ConnectionGrants.OTHERS, 0, List.of(ConnectionGrants.refusal())))
                    .setFilterChainMatcher(grants.matcher());
        }
        message.addAllFilterChains(IntStream.range(0, skeleton.shards())
                .mapToObj(shard -> chain(ShardChains.name(shard), shard, List.of()))
                .toList());
        if (skeleton.shards() > 1) {
            message.setFilterChainMatcher(new ShardChains(skeleton.shards()).matcher());
        }
        return message;
    }

    private ListenerFilter shards() {
        return ListenerFilter.newBuilder()
                .setName(ResourceNames.shards(listener))
                .setConfigDiscovery(Discovery.ofFilter(ListenerState.empty()))
                .build();
    }

    private FilterChain chain(String name, int shard, List<Filter> last) {
        return FilterChain.newBuilder()
                .setName(name)
                .addAllFilters(ConnectionFilters.limit(
                        skeleton.name(), skeleton.conduct().limits()))
                .addFilters(discovered(ResourceNames.hosts(listener, shard), Config.getDefaultInstance()))
                .addFilters(discovered(ResourceNames.moments(listener), Config.getDefaultInstance()))
                // Before the rules that decide: what they refuse goes no further.
                .addFilters(discovered(
                        ResourceNames.shadows(listener), RBAC.getDefaultInstance(), Config.getDefaultInstance()))
                .addFilters(discovered(ResourceNames.rules(listener, shard), RBAC.getDefaultInstance()))
                .addAllFilters(last)
                .addAllFilters(Asking.filters(listener, skeleton.resolvers()))
                .addAllFilters(ConnectionFilters.place(skeleton))
                .addFilters(ConnectionFilters.proxying(proxy()))
                .build();
    }

    private static Filter discovered(String name, Message... types) {
        return ConnectionFilters.discovered(name, TlsRuleTable.refuseAll(), types);
    }

    // The cluster is written down by the table of hosts; without that there is none.
    private TcpProxy proxy() {
        return NewerFields.connectingOnData(
                        ConnectionFilters.proxy(skeleton, ResourceNames.PASSTHROUGH), MOST_EARLY_BYTES)
                .build();
    }
}
