package io.sallyport.compiler.envoy;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.sni_dynamic_forward_proxy.v3.FilterConfig;
import io.sallyport.domain.gateway.Listener;
import java.util.List;

/**
 * A TCP listener: decided, and out. It connects at once, for a server may be the first to speak; by then it is decided
 * where to, if anywhere.
 */
final class TcpListener {
    private static final Duration FOR_FIRST_BYTES =
            Duration.newBuilder().setSeconds(15).build();

    private TcpListener() {}

    static io.envoyproxy.envoy.config.listener.v3.Listener of(ConnectionSkeleton skeleton, ConnectionGrants grants) {
        // Grants come and go without touching the chains of others, so they are in no report.
        String fingerprint = Fingerprint.of(message(skeleton, grants.none(), "").build());
        return Fingerprint.known(message(skeleton, grants, fingerprint), fingerprint);
    }

    private static io.envoyproxy.envoy.config.listener.v3.Listener.Builder message(
            ConnectionSkeleton skeleton, ConnectionGrants grants, String fingerprint) {
        Listener listener = skeleton.listener();
        var message = io.envoyproxy.envoy.config.listener.v3.Listener.newBuilder()
                .setName(skeleton.name())
                .setAddress(Addresses.socket(listener.address().value(), listener.port()))
                .addAllAccessLog(ConnectionLogs.of(skeleton, fingerprint))
                .addAllListenerFilters(ListenerFilters.of(listener))
                .setListenerFiltersTimeout(FOR_FIRST_BYTES);
        if (listener.canBeAsked()) {
            message.addFilterChains(Probe.chain());
        }
        if (grants.isEmpty()) {
            return message.addFilterChains(chain(skeleton, "tcp", List.of()));
        }
        return message.addAllFilterChains(grants.chains()
                        .map(name -> chain(skeleton, name, List.of()))
                        .toList())
                .addFilterChains(chain(skeleton, ConnectionGrants.OTHERS, List.of(ConnectionGrants.refusal())))
                .setFilterChainMatcher(listener.canBeAsked() ? Probe.before(grants.matcher()) : grants.matcher());
    }

    private static FilterChain chain(ConnectionSkeleton skeleton, String name, List<Filter> last) {
        Listener listener = skeleton.listener();
        return FilterChain.newBuilder()
                .setName(name)
                .addAllFilters(ConnectionFilters.limit(
                        skeleton.name(), skeleton.conduct().limits()))
                .addFilters(ConnectionFilters.discovered(ResourceNames.rules(listener, 0), TcpRuleTable.refuseAll()))
                .addAllFilters(last)
                .addFilters(ConnectionFilters.discovered(
                        ResourceNames.resolver(listener),
                        TcpRuleTable.refuseAll(),
                        FilterConfig.getDefaultInstance(),
                        Config.getDefaultInstance()))
                .addAllFilters(ConnectionFilters.place(skeleton))
                .addFilters(ConnectionFilters.proxying(
                        ConnectionFilters.proxy(skeleton, ResourceNames.RAW).build()))
                .build();
    }
}
