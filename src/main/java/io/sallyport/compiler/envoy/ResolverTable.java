package io.sallyport.compiler.envoy;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.sni_dynamic_forward_proxy.v3.FilterConfig;
import io.sallyport.domain.destination.DnsSettings;

/**
 * Resolves the names that passed-through connections lead to, so that a cluster which connects to them finds them in the
 * cache that both share. Nothing at all where no host of the listener needs it.
 */
final class ResolverTable {
    /** For connections whose cluster has endpoints: an address of documentation (RFC 5737), so that nobody is asked. */
    static final String NOTHING_TO_RESOLVE = "192.0.2.1";

    private static final int HTTPS = 443;

    private ResolverTable() {}

    static TypedExtensionConfig of(String name, boolean isNeeded, AddressGuard guard) {
        return of(name, isNeeded, cache(guard));
    }

    static TypedExtensionConfig of(String name, boolean isNeeded, DnsCacheConfig cache) {
        Message filter = isNeeded
                ? FilterConfig.newBuilder()
                        .setDnsCacheConfig(cache)
                        .setPortValue(HTTPS)
                        .build()
                : Config.getDefaultInstance();
        return Composites.extension(name, filter);
    }

    /** Without HTTP there is no filter that sees the address chosen: the cache leaves out what is refused. */
    static DnsCacheConfig cache(AddressGuard guard) {
        return DnsCache.of(guard, DnsSettings.DEFAULT);
    }
}
