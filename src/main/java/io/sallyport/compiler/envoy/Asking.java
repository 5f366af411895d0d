package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.sni_dynamic_forward_proxy.v3.FilterConfig;
import io.sallyport.domain.gateway.Listener;
import java.util.ArrayList;
import java.util.List;

/**
 * The filters that ask resolvers, one after the other. Each reads the name in the same place, so it is put there for the
 * one that is meant, and at last for the cluster, which reads it there too.
 */
final class Asking {
    private Asking() {}

    static List<Filter> filters(Listener listener, List<String> resolvers) {
        List<Filter> filters = new ArrayList<>();
        for (String key : resolvers) {
            filters.add(naming(key));
            filters.add(ConnectionFilters.discovered(
                    ResourceNames.resolver(listener, key),
                    TlsRuleTable.refuseAll(),
                    FilterConfig.getDefaultInstance(),
                    Config.getDefaultInstance()));
        }
        if (resolvers.size() > 1) {
            filters.add(ConnectionFilters.inline("sallyport/asked", asked(resolvers)));
        }
        return filters;
    }

    private static Filter naming(String key) {
        var state = new FilterState().known(Lookups.NAME, ResolverTable.NOTHING_TO_RESOLVE);
        return ConnectionFilters.inline("sallyport/ask", name(state, key).filter());
    }

    private static Config asked(List<String> resolvers) {
        var state = new FilterState();
        resolvers.forEach(key -> name(state, key));
        return state.filter();
    }

    private static FilterState name(FilterState state, String key) {
        return state.known(Lookups.NAME, "%FILTER_STATE(" + Resolver.stateOf(key) + ":PLAIN)%");
    }
}
