package io.sallyport.compiler.envoy;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener.InternalListenerConfig;
import java.util.List;

/**
 * The listener behind one that reads HTTP, in the same proxy, with a chain for each grant. A chain that goes takes its
 * flows with it, within the drain time that the launch line says, and leaves those of all others alone.
 */
final class CutListener {
    /** Named where there is no grant: a connection without a chain is closed. */
    static final String NO_CHAIN = "none";

    private CutListener() {}

    static io.envoyproxy.envoy.config.listener.v3.Listener of(HttpSkeleton skeleton, List<Grants> grants) {
        Message manager = HttpConnection.behind(skeleton);
        var listener = io.envoyproxy.envoy.config.listener.v3.Listener.newBuilder()
                .setName(ResourceNames.cut(skeleton.listener()))
                .setInternalListener(InternalListenerConfig.getDefaultInstance());
        grants.stream()
                .flatMap(Grants::chains)
                .sorted()
                .distinct()
                .forEach(name -> listener.addFilterChains(chain(name, manager)));
        if (listener.getFilterChainsCount() == 0) {
            // A listener has at least one, which nothing finds.
            listener.addFilterChains(chain("nobody", manager));
        }
        return listener.setFilterChainMatcher(GrantMatcher.of(grants)).build();
    }

    private static FilterChain chain(String name, Message manager) {
        return FilterChain.newBuilder()
                .setName(name)
                .addFilters(ConnectionFilters.inline("envoy.filters.network.http_connection_manager", manager))
                .build();
    }
}
